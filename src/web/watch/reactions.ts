import { effect, signal } from '@preact/signals';
import { reactionBurst } from '../common/events.ts';
import { type Flight, prepare } from './flights.ts';

/** What can be pressed here; empty where reactions are off. */
export const offeredReactions = signal<readonly string[]>([]);

export const paletteOpen = signal(false);

export function togglePalette(): void {
  paletteOpen.value = offeredReactions.value.length > 0 && !paletteOpen.value;
}

/** What floats over the picture just now. */
export const flights = signal<readonly Flight[]>([]);

/** Milliseconds, of all of a burst: the slowest flight of reactions.css and the latest start. */
const ALOFT_MS = 3_600;

/** Lets fly what the server tells, from whomever it is. */
export function followReactions(): void {
  effect(() => {
    const burst = reactionBurst.value;
    // what nobody sees would all be there at once when they come back
    if (!burst || document.hidden) return;
    const fresh = prepare(burst, flights.peek().length);
    flights.value = [...flights.peek(), ...fresh];
    setTimeout(() => {
      flights.value = flights.peek().filter((flight) => !fresh.includes(flight));
    }, ALOFT_MS);
  });
}
