import type { ReactionBurst } from '../common/contract.ts';

/** An emoji on its way up. */
export interface Flight {
  readonly id: number;
  readonly emoji: string;
  /** Of its middle from the left, and sideways on its way; in hundredths of the picture's width. */
  readonly left: number;
  readonly drift: number;
  /** Milliseconds until it starts. */
  readonly delay: number;
}

/** At a time: more would hide what it is about. */
const MOST = 30;
/** So that a burst does not rise in one line. */
const LATEST_START = 500;
/** The part of the width where they rise, to the right of faces and of the channel's name. */
const [FROM, TO] = [62, 90];
const WIDEST_DRIFT = 4;

let flown = 0;

/** What of a burst is shown, with so many on their way already: as many kinds as there are, then as much as fits. */
export function prepare(burst: ReactionBurst, aloft: number, random = Math.random): Flight[] {
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
