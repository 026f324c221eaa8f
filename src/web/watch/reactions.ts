import { effect, signal } from '@preact/signals';
import { reactionBurst } from '../common/events.ts';
import { type Flight, flightsFor } from './flying-reactions.ts';

/** The emojis of the palette; empty where reactions are off. */
export const offeredReactions = signal<readonly string[]>([]);

/** True while the palette is open. */
export const paletteOpen = signal(false);

/** Opens or closes the palette, where reactions are on. */
export function togglePalette(): void {
  paletteOpen.value = offeredReactions.value.length > 0 && !paletteOpen.value;
}

/** The emojis in flight. */
export const flights = signal<readonly Flight[]>([]);

/** Milliseconds that a burst takes: the slowest flight of reactions.css and the latest start. */
const ALOFT_MS = 3_600;

/** Starts a flight for each reaction that the server reports. */
export function followReactions(): void {
  effect(() => {
    const burst = reactionBurst.value;
    // a hidden page would show all of them at once when it comes back
    if (!burst || document.hidden) return;
    const fresh = flightsFor(burst, flights.peek().length);
    flights.value = [...flights.peek(), ...fresh];
    setTimeout(() => {
      flights.value = flights.peek().filter((flight) => !fresh.includes(flight));
    }, ALOFT_MS);
  });
}
