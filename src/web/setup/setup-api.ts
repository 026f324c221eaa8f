import { call } from '../common/api.ts';
import type {
  AccountRequest,
  AccountTried,
  AddressTried,
  DiscordState,
  FurtherAccounts,
  FurtherRequest,
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

  accounts: () => call<FurtherAccounts>('/api/setup/accounts'),

  /** Tries a further subscription or list and uses it. */
  addAccount: (request: FurtherRequest) =>
    call<AccountTried>('/api/setup/accounts', { method: 'POST', body: request, timeoutMs: TRY_MS }),

  /** Tries another login or address for an account and uses it. */
  changeAccount: (id: string, request: FurtherRequest) =>
    call<AccountTried>(`/api/setup/accounts/${id}`, { method: 'PUT', body: request, timeoutMs: TRY_MS }),

  removeAccount: (id: string) => call<void>(`/api/setup/accounts/${id}`, { method: 'DELETE' }),

  pauseAccount: (id: string, off: boolean) =>
    call<void>(`/api/setup/accounts/${id}/off`, { method: 'PUT', body: { off } }),

  orderAccounts: (ids: readonly string[]) =>
    call<void>('/api/setup/accounts/order', { method: 'PUT', body: { ids } }),

  /** Has an account and its list read anew. */
  testAccount: (id: string) =>
    call<void>(`/api/setup/accounts/${id}/test`, { method: 'POST', timeoutMs: TRY_MS }),

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
