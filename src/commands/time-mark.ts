import type { ChannelMarks } from '../actions/channel-marks.ts';

/** Names a time in a button: `@` and its second in base 36, rounded up, so that it lies within what began at it. */
export function markOfTime(at: number): string {
  return `@${Math.ceil(at / 1000).toString(36)}`;
}

/** The time that a mark names, in epoch milliseconds; null for a text that is no mark. */
export function timeOfMark(text: string): number | null {
  const [, digits] = /^@([0-9a-z]{1,8})$/.exec(text) ?? [];
  return digits === undefined ? null : Number.parseInt(digits, 36) * 1000;
}

/** The time that a button names in front of a channel: `@tfk0xs`, `~112`; null where there is none, since people may type "@france". */
export function pressedTime(
  marks: Pick<ChannelMarks, 'read'>,
  [time = '', pressed = '']: readonly string[],
): number | null {
  const [mark = ''] = pressed.split('!');
  return marks.read(mark) === null ? null : timeOfMark(time);
}
