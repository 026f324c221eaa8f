import { computed, signal } from '@preact/signals';
import { tvMode } from '../common/tv-mode.ts';

const KEY = 'zapette.card';
/** Where the whole card leaves the list enough room. */
const ROOMY = '(min-width: 1120px) and (min-height: 1000px)';

/** Null: nothing has been chosen. */
const chosen = signal(recall());

/** Whether the card of what is on air shows all it knows: as was chosen the last time, else where there is room. */
export const isCardOpen = computed(() => chosen.value ?? (matchMedia(ROOMY).matches && !tvMode.value));

export function toggleCard(): void {
  const isOpen = !isCardOpen.peek();
  chosen.value = isOpen;
  try {
    localStorage.setItem(KEY, isOpen ? 'open' : 'folded');
  } catch {
    // a private window only costs the memory
  }
}

/** For "back": true where it was open and in the way. */
export function foldCard(): boolean {
  const isInTheWay = isCardOpen.peek() && !matchMedia(ROOMY).matches;
  if (isInTheWay) toggleCard();
  return isInTheWay;
}

function recall(): boolean | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === null ? null : stored === 'open';
  } catch {
    return null;
  }
}
