import { AccountPool } from '../accounts/account-pool.ts';
import { SharedSlots } from '../accounts/shared-slots.ts';
import type { Slots } from '../accounts/slots.ts';
import { Logos } from '../catalogue/logos.ts';
import type { Config } from '../config/config.ts';
import { type DemoProvider, startDemoProvider } from '../demo/demo-provider.ts';
import { type AccountId, demoAccount, mainAccount } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secrets.ts';
import { Tuners } from '../stream/tuner/tuners.ts';
import { xtreamSecrets } from '../xtream/address.ts';
import { XtreamClient } from '../xtream/client.ts';
import { XtreamProvider } from '../xtream/provider.ts';
import { createDispatcher } from './create-logo-dispatcher.ts';
import { createProviderHttp } from './create-provider-http.ts';
import type { Part } from './lifecycle.ts';

export interface AccountOptions {
  readonly config: Config;
  readonly ffmpegPath: string;
  /** Is told what came of each reading of the account; null: it is good. */
  readonly onAccount: (error: unknown) => void;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface AccountApi {
  readonly id: AccountId;
  readonly provider: XtreamProvider;
  readonly slots: Slots;
  readonly pool: AccountPool;
  readonly tuners: Tuners;
  readonly logos: Logos;
  readonly isDemo: boolean;
}

/** The account of the settings, or the demo's, with its connections. */
export async function createAccount(options: AccountOptions): Promise<Part<AccountApi>> {
  const { config, ffmpegPath, onAccount, secrets, clock, logger } = options;
  const demo = config.xtream ? null : await startDemo(ffmpegPath, logger);
  const { url, username, password } = config.xtream ?? (demo as DemoProvider);
  const account = { baseUrl: url, username, password };
  for (const secret of xtreamSecrets(account)) secrets.add(secret);
  const http = createProviderHttp(secrets, url, config.tlsAccept);
  // Logos are wherever the provider's list says, and it may not name an address in our own network.
  const webDispatcher = createDispatcher(secrets, url);
  const id = demo ? demoAccount : mainAccount;
  const provider = new XtreamProvider(
    new XtreamClient({ ...account, accountId: id, userAgent: config.userAgent, http }),
    onAccount,
  );
  const slots = new SharedSlots().of({ url, username }, config.maxConnections ?? 1);
  const pool = new AccountPool({ accounts: [{ id, provider, slots }], clock });
  const tuners = new Tuners(pool, { http, ffmpegPath, clock, logger });
  return {
    api: { id, provider, slots, pool, tuners, logos: new Logos(webDispatcher), isDemo: demo !== null },
    stop: async () => {
      await tuners.stop();
      await webDispatcher.destroy();
      http.close();
      await demo?.stop();
    },
  };
}

function startDemo(ffmpegPath: string, logger: Logger): Promise<DemoProvider> {
  logger.warn(
    'No account is set: this is the demo, with invented channels. ' +
      'Set XTREAM_URL, XTREAM_USERNAME and XTREAM_PASSWORD to watch your own.',
  );
  return startDemoProvider({ ffmpegPath, logger: logger.child({ part: 'demo' }) });
}
