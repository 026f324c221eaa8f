import { AccountPool } from '../accounts/account-pool.ts';
import { SharedSlots } from '../accounts/shared-slots.ts';
import type { Slots } from '../accounts/slots.ts';
import { Logos } from '../catalogue/logos.ts';
import type { Config } from '../config/config.ts';
import { type DemoProvider, startDemoProvider } from '../demo/demo-provider.ts';
import { type AccountId, demoAccount, mainAccount, type OwnAccount } from '../domain/ids.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { ProviderHttp } from '../lib/provider-http/provider-http.ts';
import type { Secrets } from '../lib/secrets.ts';
import { Tuners } from '../stream/tuner/tuners.ts';
import { xtreamSecrets } from '../xtream/address.ts';
import { XtreamClient } from '../xtream/client.ts';
import { XtreamProvider } from '../xtream/provider.ts';
import { createDispatcher } from './create-logo-dispatcher.ts';
import { createProviderHttp } from './create-provider-http.ts';
import type { Part } from './lifecycle.ts';

/** What the settings say about the account. */
export type AccountConfig = Pick<Config, 'xtream' | 'maxConnections' | 'userAgent' | 'tlsAccept'>;

export interface AccountOptions {
  readonly config: AccountConfig;
  readonly ffmpegPath: string;
  /** Is told what came of each reading of the account; null: it is good. */
  readonly onAccount: (error: unknown) => void;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The installation's own account. Its parts stay the same objects when the settings name another account. */
export interface AccountApi extends OwnAccount {
  readonly provider: SourceProvider;
  readonly slots: Slots;
  readonly pool: AccountPool;
  readonly tuners: Tuners;
  readonly logos: Pick<Logos, 'get'>;
  readonly isDemo: boolean;
  /**
   * Takes the account of these settings from now on. Open connections go on with the former one.
   * @returns a function that ends the former account, with all its connections.
   */
  use(config: AccountConfig): Promise<() => Promise<void>>;
}

/** One login with everything that belongs to it. */
interface OpenAccount {
  readonly id: AccountId;
  readonly provider: XtreamProvider;
  readonly slots: Slots;
  readonly http: ProviderHttp;
  readonly logos: Logos;
  close(): Promise<void>;
}

/** The account of the settings, or the demo's, with its connections. */
export async function createAccount(options: AccountOptions): Promise<Part<AccountApi>> {
  const { ffmpegPath, clock, logger } = options;
  const logins = new SharedSlots();
  let current = await openAccount(options.config, logins, options);
  /** Former accounts whose connections may still be open. */
  const former = new Set<OpenAccount>();
  const pool = new AccountPool({ accounts: [current], clock });
  const tuners = new Tuners(pool, {
    get http() {
      return current.http;
    },
    ffmpegPath,
    clock,
    logger,
  });
  const provider: SourceProvider = {
    account: (signal) => current.provider.account(signal),
    lineup: (signal) => current.provider.lineup(signal),
    shortGuide: (channelId, signal) => current.provider.shortGuide(channelId, signal),
    wholeGuide: (read, signal) => current.provider.wholeGuide(read, signal),
    source: (channelId) => current.provider.source(channelId),
    archive: (channelId, span) => current.provider.archive(channelId, span),
  };
  const end = async (account: OpenAccount): Promise<void> => {
    if (former.delete(account)) await account.close();
  };
  return {
    api: {
      get id() {
        return current.id;
      },
      get slots() {
        return current.slots;
      },
      get isDemo() {
        return current.id === demoAccount;
      },
      provider,
      pool,
      tuners,
      logos: { get: (channel) => current.logos.get(channel) },
      use: async (config) => {
        const next = await openAccount(config, logins, options);
        const before = current;
        former.add(before);
        current = next;
        pool.use([next]);
        // With the same login, a channel is the same channel.
        if (next.slots !== before.slots) tuners.changeAccount();
        return () => end(before);
      },
    },
    stop: async () => {
      await tuners.stop();
      await Promise.all([current, ...former].map((account) => account.close()));
    },
  };
}

async function openAccount(
  config: AccountConfig,
  logins: SharedSlots,
  { ffmpegPath, onAccount, secrets, logger }: AccountOptions,
): Promise<OpenAccount> {
  const demo = config.xtream ? null : await startDemo(ffmpegPath, logger);
  const { url, username, password } = config.xtream ?? (demo as DemoProvider);
  const account = { baseUrl: url, username, password };
  for (const secret of xtreamSecrets(account)) secrets.add(secret);
  const http = createProviderHttp(secrets, url, config.tlsAccept);
  // Logos are wherever the provider's list says, and it may not name an address in our own network.
  const webDispatcher = createDispatcher(secrets, url);
  const id = demo ? demoAccount : mainAccount;
  const client = new XtreamClient({ ...account, accountId: id, userAgent: config.userAgent, http });
  const slots = logins.of({ url, username }, config.maxConnections ?? 1);
  if (config.maxConnections !== null) slots.capacity = config.maxConnections;
  return {
    id,
    provider: new XtreamProvider(client, onAccount),
    slots,
    http,
    logos: new Logos(webDispatcher),
    close: async () => {
      await webDispatcher.destroy();
      http.close();
      await demo?.stop();
    },
  };
}

function startDemo(ffmpegPath: string, logger: Logger): Promise<DemoProvider> {
  logger.warn(
    'No account is set: this is the demo, with invented channels. Open /setup to enter your own subscription.',
  );
  return startDemoProvider({ ffmpegPath, logger: logger.child({ part: 'demo' }) });
}
