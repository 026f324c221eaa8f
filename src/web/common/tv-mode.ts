import { effect, signal } from '@preact/signals';
import { isTvWanted, tvAskedBy } from './is-tv.ts';

const KEY = 'zapette.tv';
/** Narrower screens than this are no television's, in CSS pixels. */
const NARROWEST = 960;
/** Whether the page is made for a screen that is watched from afar, and worked with a remote. */
export const tvMode = signal(false);

export function setTvMode(isOn: boolean): void {
  tvMode.value = isOn;
  try {
    localStorage.setItem(KEY, isOn ? '1' : '0');
  } catch {
    // a private window only costs the memory
  }
}

/** Marks the page for the styles. A first arrow key where there is no mouse is that of a television's remote. */
export function followTvMode(): void {
  const isWanted = isTvWanted({
    query: location.search,
    remembered: recall(),
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
      if (tvMode.peek() || recall() !== null || !key.startsWith('Arrow')) return;
      if (innerWidth >= NARROWEST && !matchMedia('(any-pointer: fine)').matches) setTvMode(true);
    },
    { capture: true },
  );
}

function recall(): boolean | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === null ? null : stored === '1';
  } catch {
    return null;
  }
}
