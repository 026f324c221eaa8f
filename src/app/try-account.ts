import type { AccountFields, AccountNote, CountedCategory, TriedAccount } from '../domain/account-trial.ts';
import { AppError } from '../domain/errors.ts';
import { mainAccount } from '../domain/ids.ts';
import type { Account, Lineup } from '../domain/source-provider.ts';
import { isMetadataAddress } from '../lib/private-address.ts';
import type { TlsAccept } from '../lib/provider-http/tls-accept.ts';
import type { Secrets } from '../lib/secrets.ts';
import { type ReadAccount, readAccount } from '../xtream/account-text/read-account.ts';
import { type XtreamAccount, xtreamSecrets } from '../xtream/address.ts';
import { XtreamClient, type XtreamTimeouts } from '../xtream/client.ts';
import { XtreamProvider } from '../xtream/provider.ts';
import { createProviderHttp } from './create-provider-http.ts';
import { trialError, trialListError } from './trial-error.ts';
import { type AccountVariant, variantsAfter } from './trial-variants.ts';

export interface TrialOptions {
  readonly secrets: Pick<Secrets, 'add'>;
  readonly tlsAccept: TlsAccept;
  readonly userAgent: string;
  /** Milliseconds for the whole trial. */
  readonly limit?: number;
  readonly timeouts?: Partial<XtreamTimeouts>;
}

/** Somebody waits: a login is given up earlier than in production, a list is not, since some take minutes. */
const patience: Partial<XtreamTimeouts> = { headers: 12_000, call: 20_000, list: 180_000 };
const LIMIT = 240_000;

interface LoggedIn {
  readonly provider: XtreamProvider;
  readonly known: Account;
  readonly account: XtreamAccount;
  readonly note: AccountNote | null;
}

/**
 * Tries a subscription with the connections of production but without touching what runs: the account first, then its lists.
 * @throws AppError trial_*, account_expired or account_disabled; the signal's reason
 */
export async function tryAccount(
  fields: AccountFields,
  options: TrialOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<TriedAccount> {
  const { secrets, tlsAccept } = options;
  const read = readAccount(fields);
  const { hostname } = new URL(read.account.baseUrl);
  if (isMetadataAddress(hostname.replace(/^\[|\]$/g, ''))) throw new AppError('trial_inside');
  for (const account of [read.account, ...(read.decoded ? [read.decoded] : [])])
    for (const secret of xtreamSecrets(account)) secrets.add(secret);
  const http = createProviderHttp(secrets, read.account.baseUrl, tlsAccept);
  const limit = AbortSignal.timeout(options.limit ?? LIMIT);
  const bounded = AbortSignal.any([signal, limit]);
  try {
    const { provider, known, account, note } = await logIn(read, (variant) => {
      const timeouts = { ...patience, ...options.timeouts };
      const { userAgent } = options;
      const client = new XtreamClient({ ...variant, accountId: mainAccount, userAgent, http, timeouts });
      return { provider: new XtreamProvider(client), signal: bounded };
    });
    const lineup = await readLineup(provider, bounded);
    return {
      account: { url: account.baseUrl, username: account.username, password: account.password },
      connections: known.maxConnections,
      expiresAt: known.expiresAt,
      channels: lineup.channels.length,
      categories: countCategories(lineup),
      notes: note === null ? read.notes : [...read.notes, note],
    };
  } catch (error) {
    signal.throwIfAborted();
    throw limit.aborted ? new AppError('trial_silent', {}, { cause: error }) : error;
  } finally {
    http.close();
  }
}

type Connect = (account: XtreamAccount) => { provider: XtreamProvider; signal: AbortSignal };

/** Logs in as read; where that fails, in the ways that people mix up. @throws the first way's error if none works */
async function logIn(read: ReadAccount, connect: Connect): Promise<LoggedIn> {
  const attempt = async ({
    account,
    note,
  }: Pick<AccountVariant, 'account'> & { note: AccountNote | null }) => {
    const { provider, signal } = connect(account);
    return { provider, known: await provider.account(signal), account, note };
  };
  let first: unknown;
  try {
    return await attempt({ account: read.account, note: null });
  } catch (error) {
    first = error;
  }
  for (const variant of variantsAfter(first, read)) {
    try {
      return await attempt(variant);
    } catch (error) {
      if (variant.isAnswer(error)) throw trialError(error);
    }
  }
  throw trialError(first);
}

async function readLineup(provider: XtreamProvider, signal: AbortSignal): Promise<Lineup> {
  const lineup = await provider.lineup(signal).catch((error: unknown) => {
    throw trialListError(error);
  });
  if (lineup.channels.length === 0) throw new AppError('trial_empty_list');
  return lineup;
}

function countCategories({ categories, channels }: Lineup): CountedCategory[] {
  const counts = new Map<string | null, number>();
  for (const { categoryId } of channels) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
  return categories.flatMap((category) => {
    const count = counts.get(category.id);
    return count === undefined ? [] : { ...category, count };
  });
}
