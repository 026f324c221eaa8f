import type { AuditContext } from '../actions/audit.ts';
import { changeSettings } from '../actions/change-settings.ts';
import type { Settings } from '../config/settings.ts';
import {
  type AccountSettingNames,
  accountSettings,
  settingNamesOf,
  usualPlaceOf,
} from '../domain/account-settings.ts';
import type { AccountKind, TriedAccount } from '../domain/account-trial.ts';
import { AppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import type { SetupAccountState, SetupAccounts } from '../http/setup-accounts.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { AccountsApi } from './create-accounts.ts';
import type { CatalogueApi } from './create-catalogue.ts';
import { tryAccount } from './try-account.ts';
import { tryList } from './try-list.ts';

export interface SetupAccountsOptions {
  readonly settings: Settings;
  readonly audit: AuditContext;
  readonly accounts: Pick<AccountsApi, 'open' | 'id'>;
  readonly channels: Pick<CatalogueApi, 'catalogue' | 'health' | 'lastAnswerOf'>;
  readonly secrets: Secrets;
}

const ORDER = 'ACCOUNTS_ORDER';

/** All accounts on the set-up page. */
export function createSetupAccounts(options: SetupAccountsOptions): SetupAccounts {
  const { settings, audit, accounts, channels, secrets } = options;
  const { catalogue, health } = channels;
  const context = { ...audit, settings };

  const stateOf = (names: AccountSettingNames, isOff: boolean): SetupAccountState => {
    const { id, kind } = names;
    const list = catalogue.lists.find(({ account }) => account === id);
    const failure = list?.lastFailure;
    const slots = accounts.open.find((account) => account.id === id)?.slots;
    return {
      ...{ id, kind, isOff, isLocked: settings.isLocked(names.url) },
      trouble: isOff ? null : (health.troubleOf(id) ?? (failure instanceof AppError ? failure : null)),
      connections: slots && slots.limit.origin !== 'assumed' ? slots.capacity : null,
      expiresAt: channels.lastAnswerOf(id)?.expiresAt ?? null,
      channels: list?.channels ?? 0,
    };
  };
  const isSet = ({ id }: AccountSettingNames) => settings.current.accounts.some((each) => each.id === id);
  /** Nothing of it is set, also not in part, and the environment has no say in it. */
  const isFree = (names: AccountSettingNames) =>
    settingNamesOf(names).every((name) => settings.text(name) === null && !settings.isLocked(name));
  const firstFree = (kind: AccountKind) =>
    accountSettings.find((names) => names.kind === kind && isFree(names)) ?? null;
  /** @throws AppError account_unknown */
  const namesOf = (id: AccountId): AccountSettingNames => {
    const names = accountSettings.find((each) => each.id === id);
    if (!names || !isSet(names)) throw new AppError('account_unknown');
    return names;
  };
  /** The hidden categories without an account's. */
  const hiddenWithout = (id: AccountId): string | null => {
    const { accounts: all, listFilter } = settings.current;
    const isOf = (category: string, account: AccountId) => category.startsWith(`${account}:`);
    const isOwn = id === accounts.id;
    const kept = [...listFilter.hiddenCategories].filter((category) =>
      isOwn ? all.some((other) => other.id !== id && isOf(category, other.id)) : !isOf(category, id),
    );
    return kept.join(',') || null;
  };
  const offWith = (id: AccountId, isOff: boolean): string | null => {
    const off = settings.current.accounts.filter((each) => (each.id === id ? isOff : each.isOff));
    return off.map((each) => each.id).join(',') || null;
  };
  const idsBut = (ids: readonly AccountId[]): AccountId[] =>
    settings.current.accounts.map(({ id }) => id).filter((id) => !ids.includes(id));
  return {
    list: () => settings.current.accounts.map(({ id, isOff }) => stateOf(namesOf(id), isOff)),
    mayAdd: (kind) => firstFree(kind) !== null,
    try: (kind, fields, signal) => {
      const { tlsAccept, userAgent, dataDir } = settings.current;
      const trial = { secrets, tlsAccept, userAgent, dataDir };
      return kind === 'm3u' ? tryList(fields.url, trial, signal) : tryAccount(fields, trial, signal);
    },
    use: async (id, kind, tried, by) => {
      const names = id === null ? firstFree(kind) : namesOf(id);
      if (!names) throw new AppError('accounts_full');
      if (names.kind !== kind) throw new AppError('account_unknown');
      const hidden = isSet(names) ? { HIDDEN_CATEGORIES: hiddenWithout(names.id) } : {};
      await changeSettings(context, { ...loginOf(names, tried), ...hidden }, by);
    },
    remove: async (id, by) => {
      const names = namesOf(id);
      const none = Object.fromEntries(settingNamesOf(names).map((name) => [name, null]));
      const off = offWith(id, false);
      const changes = {
        ...none,
        HIDDEN_CATEGORIES: hiddenWithout(id),
        ...(off === offNow(settings) ? {} : { ACCOUNTS_OFF: off }),
        // Another account that takes its settings does not take its place.
        ...(settings.sourceOf(ORDER) === 'page' ? { [ORDER]: orderText(idsBut([id])) } : {}),
      };
      await changeSettings(context, changes, by);
    },
    pause: async (id, isOff, by) => {
      namesOf(id);
      const isLast = settings.current.accounts.every((each) => each.id === id || each.isOff);
      if (isOff && isLast) throw new AppError('last_account');
      await changeSettings(context, { ACCOUNTS_OFF: offWith(id, isOff) }, by);
    },
    order: async (ids, by) => {
      for (const id of ids) namesOf(id);
      await changeSettings(context, { [ORDER]: orderText([...new Set(ids), ...idsBut(ids)]) }, by);
    },
    read: async (id, signal) => {
      const account = accounts.open.find((each) => each.id === id);
      if (!account) throw new AppError('account_unknown');
      await account.provider.account(signal);
      await catalogue.refreshOne(id);
    },
  };
}

/** The setting for an order; null for the usual one. */
function orderText(ids: readonly AccountId[]): string | null {
  const usual = ids.toSorted((one, other) => usualPlaceOf(one) - usualPlaceOf(other));
  return ids.join() === usual.join() ? null : ids.join();
}

function offNow({ current }: Settings): string | null {
  return current.accounts.flatMap(({ id, isOff }) => (isOff ? id : [])).join(',') || null;
}

function loginOf(names: AccountSettingNames, { account }: TriedAccount): Record<string, string> {
  if (names.kind === 'm3u') return { [names.url]: account.url };
  const { url, username, password } = account;
  return { [names.url]: url, [names.username]: username, [names.password]: password };
}
