import { call } from '../common/api.ts';
import type {
  AccountRequest,
  AccountTried,
  AddressTried,
  DiscordState,
  SetupCategory,
  SetupState,
  TelegramState,
  WatchRequest,
  WatchState,
} from './contract.ts';

/** A provider may take its time, above all for a long list of channels. */
const TRY_MS = 60_000;

/** The requests of the set-up page; all throw ApiError. */
export const setupApi = {
  state: () => call<SetupState>('/api/setup'),

  /** Tries a subscription and uses it. @throws ApiError `account_on_air` if the channel on air would change */
  useAccount: (account: AccountRequest) =>
    call<AccountTried>('/api/setup/account', { method: 'PUT', body: account, timeoutMs: TRY_MS }),

  /** Goes back to the demo. */
  useDemo: () => call<unknown>('/api/setup/account', { method: 'DELETE', timeoutMs: TRY_MS }),

  categories: () =>
    call<{ items: readonly SetupCategory[] }>('/api/setup/categories').then((answer) => answer.items),

  hideCategories: (hidden: readonly string[]) =>
    call<void>('/api/setup/categories', { method: 'PUT', body: { hidden } }),

  tryAddress: (url: string) =>
    call<AddressTried>('/api/setup/address', { method: 'POST', body: { url }, timeoutMs: TRY_MS }),

  watch: (request: WatchRequest) => call<WatchState>('/api/setup/watch', { method: 'PUT', body: request }),

  discord: () => call<DiscordState>('/api/setup/discord'),

  telegram: () => call<TelegramState>('/api/setup/telegram'),
};
