import type { ReactionBurst } from '../common/contract/screens.ts';

/** An emoji that rises over the picture. */
export interface Flight {
  readonly id: number;
  readonly emoji: string;
  /** The emoji's middle from the left, in hundredths of the picture's width. */
  readonly left: number;
  /** How far it moves sideways as it rises, in hundredths of the picture's width. */
  readonly drift: number;
  /** Milliseconds until it starts. */
  readonly delay: number;
}

/** Emojis in flight at once; more would hide the picture. */
const MOST = 30;
/** Milliseconds over which the starts of a burst are spread, so that it does not rise in one line. */
const LATEST_START = 500;
/** Where emojis rise, in hundredths of the width: to the right of faces and of the channel's name. */
const [FROM, TO] = [62, 90];
const WIDEST_DRIFT = 4;

let flown = 0;

/**
 * The flights for a burst, with `aloft` emojis in flight already: first one of each kind, then more as long as there is
 * room.
 */
export function flightsFor(burst: ReactionBurst, aloft: number, random = Math.random): Flight[] {
  const left = Object.entries(burst);
  const flights: Flight[] = [];
  for (let turn = 0; aloft + flights.length < MOST; turn += 1) {
    const kinds = left.filter(([, count]) => count > turn);
    if (kinds.length === 0) break;
    for (const [emoji] of kinds.slice(0, MOST - aloft - flights.length)) {
      flown += 1;
      flights.push({
        id: flown,
        emoji,
        left: FROM + random() * (TO - FROM),
        drift: (random() * 2 - 1) * WIDEST_DRIFT,
        delay: flights.length === 0 ? 0 : random() * LATEST_START,
      });
    }
  }
  return flights;
}
