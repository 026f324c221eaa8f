/** The texts about clips. */
export const en = {
  title: 'Clip',
  make: 'Clip the last 30 seconds',
  key: 'clip of the last 30 seconds',
  cutting: 'Cutting the last 30 seconds…',
  done: (title: string) => `The clip “${title}” is ready. Whoever has the link can watch it for a week.`,
  link: 'Link to the clip',
  open: 'Open',
  again: 'Try again',
};

export type ClipTexts = typeof en;
