import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Catalogue } from '../catalogue/catalogue.ts';
import { CatalogueFile } from '../catalogue/catalogue-file.ts';
import type { LoginMemory } from '../catalogue/channel-follower.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { GuideReport } from '../catalogue/guide/guide-source.ts';
import type { WholeGuide } from '../catalogue/guide/whole-guide.ts';
import { SourceHealth } from '../catalogue/source-health.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Account } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { TlsAccept } from '../lib/provider-http/tls-accept.ts';
import type { Secrets } from '../lib/secrets.ts';
import { AccountReport } from './account-report.ts';
import type { AccountApi } from './create-account.ts';
import { createGuide } from './create-guide.ts';
import { createProviderHttp } from './create-provider-http.ts';
import type { Part } from './lifecycle.ts';

export interface CatalogueOptions {
  readonly account: AccountApi;
  readonly dataDir: string;
  readonly login: Pick<LoginMemory, 'isOther'>;
  /** The settings, which may change. */
  readonly settings: {
    readonly current: {
      /** The number of connections; null to take the provider's. */
      readonly maxConnections: number | null;
      readonly hiddenCategories: ReadonlySet<string>;
      /** Addresses of further guides, the preferred first. */
      readonly xmltvUrls: readonly string[];
      readonly tlsAccept: TlsAccept;
    };
  };
  /** The guide that somebody has chosen for a channel, as in WholeGuideOptions; asked from the start on. */
  readonly chosenGuide: (channelId: ChannelId) => string | null | undefined;
  readonly secrets: Pick<Secrets, 'add'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface CatalogueApi {
  readonly catalogue: Catalogue;
  readonly guide: Guide;
  readonly wholeGuide: WholeGuide;
  /** How the last readings of the guides went. */
  guideReports(): readonly GuideReport[];
  /** Takes the further guides of the settings. */
  followGuides(): Promise<void>;
  readonly health: SourceHealth;
  /** Resolves once the account has been read for the first time, well or not. */
  accountRead(): Promise<void>;
  /** What the account said last; null while it has said nothing. */
  readonly lastAccount: Account | null;
  /** Reads the account, the list and the guide of an account that has taken the place of the former one. Never rejects. */
  changeAccount(): Promise<void>;
  /** Resolves once nothing of that is under way. */
  changed(): Promise<void>;
}

/** The channels and their guide, kept up to date in the background, and what is wrong with their source. */
export function createCatalogue(options: CatalogueOptions): Part<CatalogueApi> {
  const { account, dataDir, login, settings, secrets, clock, logger } = options;
  const { provider } = account;
  const report = new AccountReport({ account, settings, logger });
  const fileOf = () => {
    const { id, isDemo } = account;
    return new CatalogueFile(join(dataDir, isDemo ? 'demo-catalogue' : 'catalogue'), { id }, logger);
  };
  const catalogue = new Catalogue({
    provider,
    store: {
      // The list on disk is the former login's.
      load: async (signal) => (login.isOther ? null : fileOf().load(signal)),
      save: (data, signal) => fileOf().save(data, signal),
    },
    hidden: () => settings.current.hiddenCategories,
    clock,
    log: logger,
    onFailure: (error) => {
      report.failed(error);
      health.noteCatalogue();
    },
  });
  const health = new SourceHealth({ catalogue, clock, logger });
  const guide = createGuide({
    provider,
    catalogue,
    path: () => join(dataDir, account.isDemo ? 'demo-guide.db' : 'guide.db'),
    chosen: options.chosenGuide,
    further: () => {
      const { xmltvUrls, tlsAccept } = settings.current;
      return xmltvUrls.map((url) => ({ url, http: createProviderHttp(secrets, url, tlsAccept) }));
    },
    clock,
    logger,
  });
  const ending = new AbortController();
  let accountRead = Promise.resolve();
  let listsRead: Promise<void> = Promise.resolve();
  let accountChanged: Promise<void> = Promise.resolve();
  return {
    api: {
      catalogue,
      guide: guide.guide,
      wholeGuide: guide.whole,
      guideReports: guide.reports,
      followGuides: guide.follow,
      health,
      accountRead: () => accountRead,
      get lastAccount() {
        return report.last;
      },
      changeAccount: () => {
        accountChanged = changeAccount();
        return accountChanged;
      },
      changed: () => accountChanged,
    },
    start: () => {
      accountRead = health.start((signal): Promise<Account> => report.read(signal));
      listsRead = readLists();
    },
    stop: async () => {
      ending.abort();
      // First: `accountRead` waits for a provider that may not answer.
      health.stop();
      await guide.stop();
      await catalogue.stop();
      await Promise.all([accountRead, listsRead, accountChanged.catch(() => {})]);
    },
  };

  async function changeAccount(): Promise<void> {
    report.begin();
    accountRead = report.read(ending.signal).then(
      () => {},
      () => {},
    );
    account.pool.expectAnswer(account.id, accountRead);
    // One after the other, since panels take parallel calls for an attack.
    await accountRead;
    await guide.changeAccount();
    if (!ending.signal.aborted) await catalogue.changeAccount();
  }

  async function readLists(): Promise<void> {
    // Players come first.
    await setImmediate();
    // The guide follows the catalogue's refreshes, so it starts first.
    await guide.start();
    await catalogue.start();
  }
}
