import { effect, signal } from '@preact/signals';
import { recall, remember } from './browser-memory.ts';
import { isTvWanted, tvAskedBy } from './is-tv.ts';

const KEY = 'zapette.tv';
/** The width of the narrowest television, in CSS pixels. */
const NARROWEST = 960;
/** True while the page is laid out for a distant screen with a remote: large type, visible focus. */
export const tvMode = signal(false);

/** Switches TV mode on or off and remembers the choice. */
export function setTvMode(isOn: boolean): void {
  tvMode.value = isOn;
  remember(KEY, isOn ? '1' : '0');
}

/** Applies TV mode to the page. Without an earlier choice, an arrow key on a wide screen without a mouse switches it on. */
export function followTvMode(): void {
  const isWanted = isTvWanted({
    query: location.search,
    remembered: chosen(),
    userAgent: navigator.userAgent,
  });
  if (tvAskedBy(location.search) === null) tvMode.value = isWanted;
  else setTvMode(isWanted);
  effect(() => {
    document.documentElement.classList.toggle('tv', tvMode.value);
  });
  document.addEventListener(
    'keydown',
    ({ key }) => {
      if (tvMode.peek() || chosen() !== null || !key.startsWith('Arrow')) return;
      if (innerWidth >= NARROWEST && !matchMedia('(any-pointer: fine)').matches) setTvMode(true);
    },
    { capture: true },
  );
}

function chosen(): boolean | null {
  const stored = recall(KEY);
  return stored === null ? null : stored === '1';
}
