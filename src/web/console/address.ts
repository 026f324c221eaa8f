import { liveScreen } from '../../domain/ids.ts';

/** What the console's address says behind `#`, such as `#guide` or `#guide/sport`. */
export interface Place {
  /** The name of a view; may be none. */
  readonly view: string;
  /** The id of a screen. */
  readonly screen: string;
}

/** Reads the part of an address from `#` on. */
export function readHash(hash: string): Place {
  const [, view, screen] = /^#([a-z]+)\/([a-z0-9-]+)$/.exec(hash) ?? [];
  return { view: view ?? hash.slice(1), screen: screen ?? liveScreen };
}

/** The part of an address from `#` on; the default screen is not named. */
export function hashOf({ view, screen }: Place): string {
  return screen === liveScreen ? `#${view}` : `#${view}/${screen}`;
}
