import type { SharedSlots } from '../accounts/shared-slots.ts';
import type { Slots } from '../accounts/slots.ts';
import { Logos } from '../catalogue/logos.ts';
import type { AccountConfig, Config } from '../config/config.ts';
import { type DemoProvider, startDemoProvider } from '../demo/demo-provider.ts';
import { type AccountId, demoAccount } from '../domain/ids.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Logger } from '../lib/logger.ts';
import type { ProviderHttp } from '../lib/provider-http/provider-http.ts';
import type { Secrets } from '../lib/secrets.ts';
import { xtreamSecrets } from '../xtream/address.ts';
import { XtreamClient } from '../xtream/client.ts';
import { XtreamProvider } from '../xtream/provider.ts';
import { createDispatcher } from './create-logo-dispatcher.ts';
import { createProviderHttp } from './create-provider-http.ts';

/** What the settings say about the accounts. */
export type AccountsConfig = Pick<Config, 'accounts' | 'userAgent' | 'tlsAccept'>;

export interface OpenAccountOptions {
  readonly ffmpegPath: string;
  /** Is told what came of each reading of an account; null: it is good. */
  readonly onAccount: (account: AccountId, error: unknown) => void;
  readonly secrets: Secrets;
  readonly logger: Logger;
}

/** One login with everything that belongs to it. */
export interface OpenAccount {
  readonly id: AccountId;
  readonly provider: SourceProvider;
  readonly slots: Slots;
  readonly http: ProviderHttp;
  readonly logos: Logos;
  /** The number of connections in the settings; null to take the provider's. */
  readonly maxConnections: number | null;
  /** What it was opened with: the same text, the same account. It is a secret. */
  readonly openedWith: string;
  close(): Promise<void>;
}

/** An account that the settings want open; null: the demo. */
export type WantedAccount = Extract<AccountConfig, { kind: 'xtream' }> | null;

/** All accounts that the settings want open; at least one. */
export function wantedAccounts({ accounts }: Pick<AccountsConfig, 'accounts'>): readonly WantedAccount[] {
  const wanted = accounts.flatMap((account) =>
    account.kind === 'xtream' && !account.isOff ? [account] : [],
  );
  return wanted.length === 0 ? [null] : wanted;
}

/** The same text for the same wish, and another one for any other. It is a secret. */
export function openedWith(wanted: WantedAccount, { userAgent, tlsAccept }: AccountsConfig): string {
  return JSON.stringify(wanted && [wanted, userAgent, tlsAccept]);
}

export async function openAccount(
  wanted: WantedAccount,
  config: AccountsConfig,
  logins: SharedSlots,
  { ffmpegPath, onAccount, secrets, logger }: OpenAccountOptions,
): Promise<OpenAccount> {
  const demo = wanted ? null : await startDemo(ffmpegPath, logger);
  const { url, username, password } = wanted ?? (demo as DemoProvider);
  const { id, maxConnections } = wanted ?? { id: demoAccount, maxConnections: null };
  const account = { baseUrl: url, username, password };
  for (const secret of xtreamSecrets(account)) secrets.add(secret);
  const http = createProviderHttp(secrets, url, config.tlsAccept);
  // Logos are wherever the provider's list says, and it may not name an address in our own network.
  const webDispatcher = createDispatcher(secrets, url);
  const client = new XtreamClient({ ...account, accountId: id, userAgent: config.userAgent, http });
  const slots = logins.of({ url, username }, maxConnections ?? 1);
  if (maxConnections !== null) slots.capacity = maxConnections;
  return {
    id,
    provider: new XtreamProvider(client, (error) => onAccount(id, error)),
    slots,
    http,
    logos: new Logos(webDispatcher),
    maxConnections,
    openedWith: openedWith(wanted, config),
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
