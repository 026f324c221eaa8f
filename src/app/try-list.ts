import { isListOutside, listPath } from '../config/list-place.ts';
import type { TriedAccount } from '../domain/account-trial.ts';
import { AppError } from '../domain/errors.ts';
import { accountId } from '../domain/ids.ts';
import { isMetadataAddress } from '../lib/private-address.ts';
import { listSecrets } from '../m3u/list-address.ts';
import { M3uProvider } from '../m3u/provider.ts';
import { createProviderHttp } from './create-provider-http.ts';
import { trialError } from './trial-error.ts';
import type { TrialOptions } from './try-account.ts';

/** Milliseconds: somebody waits, and some lists take minutes. */
const LIMIT = 240_000;

export interface ListTrialOptions extends TrialOptions {
  /** A file must be in it. */
  readonly dataDir: string;
}

/**
 * Tries an M3U list with the connections of production but without touching what runs.
 * @param place an address, or the path of a file in DATA_DIR
 * @throws AppError list_outside, list_is_channel, list_file_missing, trial_*; the signal's reason
 */
export async function tryList(
  place: string,
  { secrets, tlsAccept, userAgent, dataDir, limit = LIMIT }: ListTrialOptions,
  signal: AbortSignal,
): Promise<TriedAccount> {
  if (place.trim() === '') throw new AppError('trial_empty');
  if (isListOutside(place, dataDir)) throw new AppError('list_outside');
  const path = listPath(place, dataDir);
  const address = path ?? place.trim();
  const url = path === null ? URL.parse(address) : null;
  if (path === null && !/^https?:$/.test(url?.protocol ?? '')) throw new AppError('trial_address_wrong');
  if (url && isMetadataAddress(url.hostname.replace(/^\[|\]$/g, ''))) throw new AppError('trial_inside');
  for (const secret of listSecrets(address)) secrets.add(secret);
  const http = createProviderHttp(secrets, url ? address : null, tlsAccept);
  const late = AbortSignal.timeout(limit);
  try {
    const provider = new M3uProvider({ accountId: accountId('trial'), address, userAgent, http });
    const { channels } = await provider.lineup(AbortSignal.any([signal, late]));
    if (channels.length === 0) throw new AppError('trial_empty_list');
    return {
      account: { url: place.trim(), username: '', password: '' },
      ...{ connections: null, expiresAt: null, channels: channels.length, categories: [], notes: [] },
    };
  } catch (error) {
    signal.throwIfAborted();
    throw late.aborted ? new AppError('trial_silent', {}, { cause: error }) : listError(error);
  } finally {
    http.close();
  }
}

/** The error of a trial of a list, where one of a subscription would speak of a panel. */
function listError(error: unknown): unknown {
  const known = trialError(error);
  const isNoList =
    known instanceof AppError && ['trial_no_panel', 'trial_m3u', 'provider_garbage'].includes(known.code);
  return isNoList ? new AppError('trial_not_list', {}, { cause: error }) : known;
}
