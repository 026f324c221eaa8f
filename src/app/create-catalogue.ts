import { setImmediate } from 'node:timers/promises';
import type { ListedAccount } from '../catalogue/account-list.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { CatalogueFile } from '../catalogue/catalogue-file.ts';
import type { LoginMemory } from '../catalogue/channel-follower.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { GuideReport } from '../catalogue/guide/guide-source.ts';
import type { WholeGuide } from '../catalogue/guide/whole-guide.ts';
import type { ListFilter } from '../catalogue/list-filter.ts';
import { SourceHealth } from '../catalogue/source-health.ts';
import { AppError } from '../domain/errors.ts';
import type { AccountId, ChannelId } from '../domain/ids.ts';
import type { Account } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { TlsAccept } from '../lib/provider-http/tls-accept.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { StoredChoice } from '../store/channel-choices.ts';
import { folderOf, removeFoldersOfOthers } from './account-folders.ts';
import { AccountReport } from './account-report.ts';
import type { AccountsApi, AccountsChange } from './create-accounts.ts';
import { createGuide } from './create-guide.ts';
import { createProviderHttp } from './create-provider-http.ts';
import type { Part } from './lifecycle.ts';

export interface CatalogueOptions {
  readonly accounts: AccountsApi;
  readonly dataDir: string;
  readonly login: Pick<LoginMemory, 'isOther'>;
  /** The settings, which may change. */
  readonly settings: {
    readonly current: {
      /** Those that are not in use as well. */
      readonly accounts: readonly { readonly id: AccountId }[];
      readonly listFilter: ListFilter;
      /** Addresses of further guides, the preferred first. */
      readonly xmltvUrls: readonly string[];
      readonly tlsAccept: TlsAccept;
    };
  };
  /** The guide that somebody has chosen for a channel, as in WholeGuideOptions; asked from the start on. */
  readonly chosenGuide: (channelId: ChannelId) => string | null | undefined;
  /** What somebody has chosen for channels; asked from the start on. */
  readonly choices: () => readonly StoredChoice[];
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
  /** What an account said last; null while it has said nothing. */
  lastAnswerOf(account: AccountId): Account | null;
  /** Reads the accounts that have been opened, their lists and the guide. Never rejects. */
  changeAccounts(change: AccountsChange): Promise<void>;
  /** Resolves once nothing of that is under way. */
  changed(): Promise<void>;
}

/** The channels and their guide, kept up to date in the background, and what is wrong with their source. */
export function createCatalogue(options: CatalogueOptions): Part<CatalogueApi> {
  const { accounts, dataDir, login, settings, secrets, clock, logger } = options;
  const { provider } = accounts;
  const reports = new Map<AccountId, AccountReport>();
  const catalogue = new Catalogue({
    accounts: accounts.open.map(({ id }) => toListed(id)),
    ownAccount: accounts,
    filter: () => settings.current.listFilter,
    choices: {
      all: options.choices,
      knowsIdsOf: (account) => !login.isOther(account),
    },
    clock,
    log: logger,
    onFailure: (error, account) => {
      reportOf(account).failed(error);
      health.noteCatalogue();
    },
  });
  const health = new SourceHealth({ catalogue, clock, logger });
  const guide = createGuide({
    provider,
    accounts: () => accounts.open,
    catalogue,
    folder: dataDir,
    chosen: options.chosenGuide,
    further: () => {
      const { xmltvUrls, tlsAccept } = settings.current;
      return xmltvUrls.map((url) => ({ url, connect: () => createProviderHttp(secrets, url, tlsAccept) }));
    },
    clock,
    logger,
  });
  const ending = new AbortController();
  let listsRead: Promise<void> = Promise.resolve();
  let accountsChanged: Promise<void> = Promise.resolve();
  const read = new Set<Promise<void>>();
  return {
    api: {
      catalogue,
      guide: guide.guide,
      wholeGuide: guide.whole,
      guideReports: guide.reports,
      followGuides: guide.follow,
      health,
      lastAnswerOf: (account) => reports.get(account)?.last ?? null,
      changeAccounts: (change) => {
        accountsChanged = changeAccounts(change);
        return accountsChanged;
      },
      changed: () => accountsChanged,
    },
    start: () => {
      for (const { id } of accounts.open) void watch(id);
      listsRead = readLists();
    },
    stop: async () => {
      ending.abort();
      // First: `read` waits for providers that may not answer.
      health.stop();
      await guide.stop();
      await catalogue.stop();
      await Promise.all([...read, listsRead, accountsChanged.catch(() => {})]);
    },
  };

  function find(id: AccountId) {
    return accounts.open.find((account) => account.id === id);
  }

  /** An account as it is at each call, since another login may take its place. */
  function toListed(id: AccountId): ListedAccount {
    const file = new CatalogueFile(folderOf(dataDir, id), { id }, logger);
    return {
      id,
      provider: {
        lineup: async (signal) => {
          const account = find(id);
          if (!account) throw new AppError('channel_gone');
          return account.provider.lineup(signal);
        },
        newLineup: async (known, signal) => {
          const provider = find(id)?.provider;
          if (!provider) throw new AppError('channel_gone');
          return provider.newLineup ? provider.newLineup(known, signal) : provider.lineup(signal);
        },
      },
      store: {
        // The list on disk is the former login's.
        load: async (signal) => (login.isOther(id) ? null : file.load(signal)),
        save: (data, signal) => file.save(data, signal),
      },
    };
  }

  function reportOf(id: AccountId): AccountReport {
    const report = reports.get(id) ?? new AccountReport({ id, account: () => find(id) ?? null, logger });
    reports.set(id, report);
    return report;
  }

  /** Reads an account from now on. Resolves after the first time, well or not. */
  async function watch(id: AccountId): Promise<void> {
    const answer = health.watch(id, (signal): Promise<Account> => reportOf(id).read(signal));
    accounts.pool.expectAnswer(id, answer);
    read.add(answer);
    await answer.finally(() => read.delete(answer));
  }

  async function changeAccounts({ opened, left }: AccountsChange): Promise<void> {
    for (const id of left) if (!find(id)) forget(id);
    const known = new Set(catalogue.lists.map(({ account }) => account));
    await guide.follow();
    await catalogue.use(accounts.open.map(({ id }) => toListed(id)));
    removeLeft();
    await Promise.all(
      opened.map(async (id) => {
        reportOf(id).begin();
        // One after the other, since panels take parallel calls for an attack.
        await watch(id);
        if (left.has(id)) await guide.changeLogin(id);
        if (ending.signal.aborted) return;
        await (known.has(id) ? catalogue.changeLogin(id) : catalogue.keepFresh(id));
      }),
    );
  }

  function forget(id: AccountId): void {
    health.leave(id);
    reports.delete(id);
  }

  /** A disk that refuses costs nothing but the room. */
  function removeLeft(): void {
    try {
      removeFoldersOfOthers(
        dataDir,
        settings.current.accounts.map(({ id }) => id),
      );
    } catch (err) {
      logger.warn({ err }, 'the lists of accounts that were removed could not be deleted');
    }
  }

  async function readLists(): Promise<void> {
    // Players come first.
    await setImmediate();
    removeLeft();
    // The guide follows the catalogue's refreshes, so it starts first.
    await guide.start();
    await catalogue.start();
  }
}
