import { computed, signal } from '@preact/signals';
import { recall, remember } from '../common/browser-memory.ts';
import { tvMode } from '../common/tv-mode.ts';

const KEY = 'zapette.card';
/** Screens on which the open card leaves enough room for the list. */
const ROOMY = '(min-width: 1120px) and (min-height: 1000px)';

const stored = recall(KEY);
/** The viewer's choice; null until there is one. */
const chosen = signal(stored === null ? null : stored === 'open');

/** True while the card of the channel on air is open: by the last choice, else where there is room. */
export const isCardOpen = computed(() => chosen.value ?? (matchMedia(ROOMY).matches && !tvMode.value));

/** Opens or folds the card and remembers the choice. */
export function toggleCard(): void {
  const isOpen = !isCardOpen.peek();
  chosen.value = isOpen;
  remember(KEY, isOpen ? 'open' : 'folded');
}

/** Handles "back": folds a card that leaves too little room for the list; false if there is none. */
export function foldCard(): boolean {
  const isInTheWay = isCardOpen.peek() && !matchMedia(ROOMY).matches;
  if (isInTheWay) toggleCard();
  return isInTheWay;
}
