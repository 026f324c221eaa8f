import { signal } from '@preact/signals';

export const views = ['channels', 'guide', 'history'] as const;
export type View = (typeof views)[number];

/** Which part of the console is shown; the address bar's `#` holds it, so that it can be kept and gone back to. */
export const view = signal<View>(viewOf(location.hash));

addEventListener('hashchange', () => {
  view.value = viewOf(location.hash);
});

function viewOf(hash: string): View {
  return views.find((name) => hash === `#${name}`) ?? 'channels';
}
