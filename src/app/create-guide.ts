import type { Catalogue } from '../catalogue/catalogue.ts';
import { Guide } from '../catalogue/guide/guide.ts';
import { GuideRefresher } from '../catalogue/guide/guide-refresher.ts';
import { WholeGuide } from '../catalogue/guide/whole-guide.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

export interface GuideParts {
  readonly provider: Pick<SourceProvider, 'shortGuide' | 'wholeGuide'>;
  readonly catalogue: Catalogue;
  /** Where the whole guide is kept. */
  readonly path: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What is on, and what keeps it up to date. Start it before the catalogue, whose refreshes it follows. */
export function createGuide({ provider, path, ...parts }: GuideParts): {
  readonly guide: Guide;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Takes the guide of another account with the next list. */
  readonly changeAccount: () => Promise<void>;
} {
  const { clock, logger } = parts;
  const whole = new WholeGuide({ ...parts, path });
  const refresher = new GuideRefresher({ ...parts, provider, guide: whole, path: () => `${path()}.new` });
  const guide = new Guide({ provider, whole, clock, logger });
  return {
    guide,
    changeAccount: async () => {
      await refresher.changeAccount();
      guide.changeAccount();
    },
    start: () => {
      refresher.start();
      return whole.start();
    },
    stop: async () => {
      await refresher.stop();
      await whole.stop();
    },
  };
}
