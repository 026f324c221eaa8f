import { join } from 'node:path';
import type { SharedSlots } from '../accounts/shared-slots.ts';
import type { Slots } from '../accounts/slots.ts';
import { Logos } from '../catalogue/logos.ts';
import type { AccountConfig, Config, XtreamConfig } from '../config/config.ts';
import { type DemoProvider, startDemoProvider } from '../demo/demo-provider.ts';
import { type AccountId, demoAccount } from '../domain/ids.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Logger } from '../lib/logger.ts';
import type { ProviderHttp } from '../lib/provider-http/provider-http.ts';
import type { Secrets } from '../lib/secrets.ts';
import { AddressFile } from '../m3u/address-file.ts';
import { listAddress, listSecrets } from '../m3u/list-address.ts';
import { M3uProvider, type M3uProviderOptions } from '../m3u/provider.ts';
import { type XtreamAccount, xtreamSecrets } from '../xtream/address.ts';
import { XtreamClient } from '../xtream/client.ts';
import { XtreamProvider } from '../xtream/provider.ts';
import { folderOf } from './account-folders.ts';
import { createDispatcher } from './create-logo-dispatcher.ts';
import { createProviderHttp } from './create-provider-http.ts';

/** What the settings say about the accounts. */
export type AccountsConfig = Pick<Config, 'accounts' | 'userAgent' | 'tlsAccept'>;

export interface OpenAccountOptions {
  readonly ffmpegPath: string;
  /** Is told what came of each reading of an account; null: it is good. */
  readonly onAccount: (account: AccountId, error: unknown) => void;
  readonly secrets: Secrets;
  readonly dataDir: string;
  /** The installation's secret, which seals what is kept of an account. */
  readonly sealingKey: string;
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
export type WantedAccount = AccountConfig | null;

/** All accounts that the settings want open; at least one. */
export function wantedAccounts({ accounts }: Pick<AccountsConfig, 'accounts'>): readonly WantedAccount[] {
  return accounts.length === 0 ? [null] : accounts.filter(({ isOff }) => !isOff);
}

/** The same text for the same wish, and another one for any other. It is a secret. */
export function openedWith(wanted: WantedAccount, { userAgent, tlsAccept }: AccountsConfig): string {
  return JSON.stringify(wanted && [wanted, userAgent, tlsAccept]);
}

export async function openAccount(
  wanted: WantedAccount,
  config: AccountsConfig,
  logins: SharedSlots,
  options: OpenAccountOptions,
): Promise<OpenAccount> {
  const { ffmpegPath, secrets, logger } = options;
  const demo = wanted ? null : await startDemo(ffmpegPath, logger);
  const account = wanted ?? accountOfDemo(demo as DemoProvider);
  const { id, maxConnections, url } = account;
  for (const secret of secretsOf(account)) secrets.add(secret);
  const http = createProviderHttp(secrets, homeOf(account), config.tlsAccept);
  // Logos are wherever the provider's list says, and it may not name an address in our own network.
  const webDispatcher = createDispatcher(secrets, homeOf(account));
  const slots = logins.of({ url, username: usernameOf(account) });
  return {
    id,
    provider: providerOf(account, config.userAgent, http, {
      onAccount: (error) => options.onAccount(id, error),
      file: addressFileOf(account, options),
    }),
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

/** A disk that refuses costs nothing while the process runs. */
function addressFileOf(
  { id, url }: AccountConfig,
  { dataDir, sealingKey: secret, logger }: OpenAccountOptions,
): NonNullable<M3uProviderOptions['file']> {
  const file = new AddressFile({ path: join(folderOf(dataDir, id), 'addresses.sealed'), secret, list: url });
  return {
    load: (signal) => file.load(signal),
    save: (addresses) =>
      file
        .save(addresses)
        .catch((err: unknown) =>
          logger.warn({ account: id, err }, 'the addresses of a list could not be stored for the next start'),
        ),
  };
}

function accountOfDemo({ url, username, password }: DemoProvider): AccountConfig {
  return { id: demoAccount, kind: 'xtream', url, username, password, maxConnections: null, isOff: false };
}

/** What belongs to a provider in an installation that runs. */
interface ProviderParts {
  /** Is told what came of each reading of the account; null: it is good. */
  readonly onAccount?: (error: unknown) => void;
  /** Where the addresses of a list are kept. */
  readonly file?: M3uProviderOptions['file'];
}

export function providerOf(
  account: AccountConfig,
  userAgent: string,
  http: ProviderHttp,
  { onAccount, file }: ProviderParts = {},
): SourceProvider {
  const common = { accountId: account.id, userAgent, http, ...(onAccount ? { onAccount } : {}) };
  if (account.kind === 'm3u')
    return new M3uProvider({ ...common, address: account.url, ...(file ? { file } : {}) });
  return new XtreamProvider(new XtreamClient({ ...common, ...loginOf(account) }), onAccount);
}

export function secretsOf(account: AccountConfig): string[] {
  return account.kind === 'm3u' ? listSecrets(account.url) : xtreamSecrets(loginOf(account));
}

/** The provider's own address; null for a list that is a file. */
export function homeOf({ kind, url }: AccountConfig): string | null {
  return kind === 'm3u' && listAddress(url).kind === 'file' ? null : url;
}

function loginOf({ url: baseUrl, username, password }: XtreamConfig): XtreamAccount {
  return { baseUrl, username, password };
}

/** Whose connections count together on one host: a panel gives a subscription as a list, too. */
function usernameOf(account: AccountConfig): string {
  if (account.kind === 'xtream') return account.username;
  return URL.parse(account.url)?.searchParams.get('username') ?? account.url;
}

function startDemo(ffmpegPath: string, logger: Logger): Promise<DemoProvider> {
  logger.warn(
    'No account is set: this is the demo, with invented channels. Open /setup to enter your own subscription.',
  );
  return startDemoProvider({ ffmpegPath, logger: logger.child({ part: 'demo' }) });
}
