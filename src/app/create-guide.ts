import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { fetchXmltv, type XmltvAddress } from '../catalogue/guide/fetch-xmltv.ts';
import { Guide } from '../catalogue/guide/guide.ts';
import { GuideRefresher } from '../catalogue/guide/guide-refresher.ts';
import { type GuideReport, type GuideSource, noVersion } from '../catalogue/guide/guide-source.ts';
import { WholeGuide } from '../catalogue/guide/whole-guide.ts';
import { type AccountId, type ChannelId, demoAccount, mainAccount } from '../domain/ids.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

/** An account whose guide is read. */
export interface GuideAccount {
  readonly id: AccountId;
  readonly provider: Pick<SourceProvider, 'wholeGuide'>;
}

export interface GuideParts {
  /** In the order in which they count; they may change. */
  readonly accounts: () => readonly GuideAccount[];
  readonly provider: Pick<SourceProvider, 'shortGuide'>;
  readonly catalogue: Catalogue;
  /** Where the guides are kept. */
  readonly folder: string;
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
  /** Takes the guide of an account's other login with its next list. */
  readonly changeLogin: (account: AccountId) => Promise<void>;
  /** Takes the accounts and the further guides that are in use now. */
  readonly follow: () => Promise<void>;
  /** How the last readings went. */
  readonly reports: () => readonly GuideReport[];
}

/** Start it before the catalogue, whose refreshes it follows. */
export function createGuide({
  accounts,
  provider,
  folder,
  further = () => [],
  ...parts
}: GuideParts): GuideApi {
  const { clock, logger, chosen = () => undefined } = parts;
  const pathOf = (account: AccountId) => join(folder, guideFileOf(account));
  const sources = (): GuideSource[] => [
    ...accounts().map((account) => ({
      account: account.id,
      place: 0,
      path: pathOf(account.id),
      fetch: (async (read, _known, signal) =>
        (await account.provider.wholeGuide((body, bounded) => read(body, bounded, noVersion), signal)) ??
        'unchanged') satisfies GuideSource['fetch'],
    })),
    ...further().map((address, index) => ({
      account: null,
      place: index + 1,
      path: join(folder, fileNameOf(address)),
      fetch: ((read, known, signal) =>
        fetchXmltv(address, read, known, signal)) satisfies GuideSource['fetch'],
    })),
  ];
  const whole = new WholeGuide({ ...parts, chosen, sources });
  const refresher = new GuideRefresher({ ...parts, sources, guide: whole });
  const guide = new Guide({ provider, whole, clock, logger });
  return {
    guide,
    whole,
    reports: () => refresher.reports(),
    changeLogin: async (account) => {
      await refresher.changeLogin(account);
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

  /** Removes the files of guides that are not in use any more. */
  function removeOthers(): void {
    const used = new Set(sources().map(({ path }) => basename(path)));
    for (const name of readdirSync(folder))
      if (GUIDE.test(name) && !used.has(name)) rmSync(join(folder, name), { force: true });
  }
}

const GUIDE = /^(?:further-guide-[\w-]{16}|guide(?:-\w+)?)\.db$/;

/** Where an account's guide is kept. */
function guideFileOf(account: AccountId): string {
  if (account === mainAccount) return 'guide.db';
  return account === demoAccount ? 'demo-guide.db' : `guide-${account}.db`;
}

/** By a digest, since the address may hold a key. */
function fileNameOf({ url }: XmltvAddress): string {
  return `further-guide-${createHash('sha256').update(url).digest('base64url').slice(0, 16)}.db`;
}
