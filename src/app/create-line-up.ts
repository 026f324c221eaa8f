import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Settings } from '../config/settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { LineUp } from '../outputs/line-up.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { PeopleApi } from './create-people.ts';
import type { Part } from './lifecycle.ts';

export interface LineUpParts {
  readonly settings: Pick<Settings, 'current'>;
  readonly catalogue: Catalogue;
  readonly screens: Screens;
  readonly people: Pick<PeopleApi, 'favourites' | 'channelKeys' | 'onFavourites' | 'followed'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What players outside are offered, kept up to date. It starts after `people`, whose tables follow a new list first. */
export function createLineUp(parts: LineUpParts): Part<LineUp> {
  const { settings, catalogue, screens, people, clock, logger } = parts;
  const lineUp = new LineUp({
    screens,
    catalogue,
    keys: people.channelKeys,
    favourites: () => people.favourites.remembered().map(({ channelId }) => channelId),
    offered: () => settings.current.outputChannels,
    followed: people.followed,
    clock,
    logger,
  });
  let end = () => {};
  return {
    api: lineUp,
    start: () => {
      lineUp.start();
      end = people.onFavourites(() => lineUp.refresh());
    },
    stop: async () => {
      end();
      await lineUp.stop();
    },
  };
}
