import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { fetchXmltv, type XmltvAddress } from '../catalogue/guide/fetch-xmltv.ts';
import { Guide } from '../catalogue/guide/guide.ts';
import { GuideRefresher } from '../catalogue/guide/guide-refresher.ts';
import { type GuideReport, type GuideSource, noVersion } from '../catalogue/guide/guide-source.ts';
import { WholeGuide } from '../catalogue/guide/whole-guide.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

export interface GuideParts {
  readonly provider: Pick<SourceProvider, 'shortGuide' | 'wholeGuide'>;
  readonly catalogue: Catalogue;
  /** Where the provider's guide is kept; further ones are beside it. */
  readonly path: () => string;
  /** Addresses of further guides, the preferred first; they may change. */
  readonly further?: () => readonly XmltvAddress[];
  /** As in WholeGuideOptions. */
  readonly chosen?: (channelId: ChannelId) => string | null | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What is on, and what keeps it up to date. */
export interface GuideApi {
  readonly guide: Guide;
  readonly whole: WholeGuide;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Takes the guide of another account with the next list. */
  readonly changeAccount: () => Promise<void>;
  /** Takes the further guides that are in use now. */
  readonly follow: () => Promise<void>;
  /** How the last readings went. */
  readonly reports: () => readonly GuideReport[];
}

/** Start it before the catalogue, whose refreshes it follows. */
export function createGuide({ provider, path, further = () => [], ...parts }: GuideParts): GuideApi {
  const { clock, logger, chosen = () => undefined } = parts;
  const sources = (): GuideSource[] => [
    {
      place: 0,
      path: path(),
      fetch: (read, _known, signal) =>
        provider.wholeGuide((body, bounded) => read(body, bounded, noVersion), signal),
    },
    ...further().map((address, index) => ({
      place: index + 1,
      path: join(dirname(path()), fileNameOf(address)),
      fetch: ((read, known, signal) =>
        fetchXmltv(address, read, known, signal)) satisfies GuideSource['fetch'],
    })),
  ];
  const whole = new WholeGuide({ ...parts, chosen, paths: () => sources().map((source) => source.path) });
  const refresher = new GuideRefresher({ ...parts, sources, guide: whole });
  const guide = new Guide({ provider, whole, clock, logger });
  return {
    guide,
    whole,
    reports: () => refresher.reports(),
    changeAccount: async () => {
      await refresher.changeAccount();
      guide.changeAccount();
    },
    follow: async () => {
      await refresher.follow();
      removeOthers();
    },
    start: async () => {
      removeOthers();
      refresher.start();
      await whole.start();
    },
    stop: async () => {
      await refresher.stop();
      await whole.stop();
    },
  };

  /** Removes the files of further guides that are not in use any more. */
  function removeOthers(): void {
    const folder = dirname(path());
    const used = new Set(further().map(fileNameOf));
    for (const name of readdirSync(folder))
      if (FURTHER.test(name) && !used.has(name)) rmSync(join(folder, name), { force: true });
  }
}

const FURTHER = /^further-guide-[\w-]{16}\.db$/;

/** By a digest, since the address may hold a key. */
function fileNameOf({ url }: XmltvAddress): string {
  return `further-guide-${createHash('sha256').update(url).digest('base64url').slice(0, 16)}.db`;
}
