import type { Clients } from '../access/clients.ts';
import type { Settings } from '../config/settings.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import type { JellyfinState } from '../domain/jellyfin-state.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { JellyfinPush } from '../outputs/jellyfin/jellyfin-push.ts';
import { JellyfinServer } from '../outputs/jellyfin/jellyfin-server.ts';
import { LibraryPush } from '../outputs/jellyfin/library-push.ts';
import { isWatchedByJellyfin } from '../outputs/jellyfin/watches-by-jellyfin.ts';
import type { LineUp } from '../outputs/line-up.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { Part } from './lifecycle.ts';

export interface JellyfinApi {
  /** Asks the server whether it could be told of changes. Never rejects. */
  state(): Promise<JellyfinState>;
  /** There is a new recording. @param path absolute */
  fileMade(path: string): void;
}

export interface JellyfinParts {
  readonly settings: Pick<Settings, 'current'>;
  readonly screens: Pick<Screens, 'all' | 'follow'>;
  readonly lineUp: Pick<LineUp, 'onChange'>;
  readonly clients: Pick<Clients, 'list'>;
  readonly deviceId: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds for /doctor. */
const EXAMINE_PATIENCE = 5_000;

/** Tells the Jellyfin server of the settings, if there is one, of another channel on air, of other channels and of new recordings. */
export function createJellyfin(parts: JellyfinParts): Part<JellyfinApi> {
  const { settings, screens, lineUp, clients, deviceId, clock, logger } = parts;
  const life = new AbortController();
  const serverUntil = (signal: AbortSignal) => {
    const { jellyfin } = settings.current;
    return jellyfin && new JellyfinServer({ ...jellyfin, deviceId, signal });
  };
  const push = new JellyfinPush({
    server: () => serverUntil(life.signal),
    isWatched: () => isWatchedByJellyfin(screens.all(), clients),
    ...{ clock, logger },
  });
  const library = new LibraryPush({ server: () => serverUntil(life.signal), clock, logger });
  let ends: (() => void)[] = [];
  return {
    api: {
      state: async () => (await serverUntil(AbortSignal.timeout(EXAMINE_PATIENCE))?.examine()) ?? 'off',
      fileMade: (path) => library.fileMade(path),
    },
    start: () => {
      ends = [
        screens.follow((screen) => onSwitch(screen, () => push.guideChanged())),
        lineUp.onChange(() => push.lineUpChanged()),
      ];
    },
    stop: () => {
      for (const end of ends) end();
      push.stop();
      library.stop();
      life.abort();
    },
  };
}

/** Calls the listener when another channel or past programme is on a screen, as its guide tells, or none. */
function onSwitch({ events }: Pick<Screen, 'events'>, listener: () => void): () => void {
  let shown: string | undefined;
  return events.subscribe((event) => {
    if (event.type !== 'status') return;
    const { past } = event.status;
    const picture = `${chosenChannel(event.status)?.id} ${past?.start}`;
    if (picture === shown) return;
    shown = picture;
    listener();
  });
}
