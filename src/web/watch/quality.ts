import { effect, signal } from '@preact/signals';

/** Which picture a viewer wants: what the line carries, the full one, or the lower rendition. */
export type Quality = 'auto' | 'full' | '540p';

export const qualities: readonly Quality[] = ['auto', 'full', '540p'];

const KEY = 'zapette.quality';

/** The viewer's choice, which this browser remembers. */
export const quality = signal<Quality>(recall());

effect(() => {
  try {
    localStorage.setItem(KEY, quality.value);
  } catch {
    // in private windows and on full disks the choice is only forgotten
  }
});

function recall(): Quality {
  try {
    const stored = localStorage.getItem(KEY);
    return qualities.find((each) => each === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}
