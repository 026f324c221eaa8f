import { isSameLogin } from '../accounts/shared-slots.ts';
import type { AuditContext } from '../actions/audit.ts';
import { changeSettings } from '../actions/change-settings.ts';
import type { Settings } from '../config/settings.ts';
import { AppError } from '../domain/errors.ts';
import { mainAccount } from '../domain/ids.ts';
import type { SetupAccount } from '../http/setup-account.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { CatalogueApi } from './create-catalogue.ts';
import { tryAccount } from './try-account.ts';

export interface SetupAccountOptions {
  readonly settings: Settings;
  readonly audit: AuditContext;
  readonly channels: CatalogueApi;
  readonly screens: Pick<Screens, 'all'>;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** Milliseconds to wait for the lists of a new account, which go on in the background after that. */
const LISTS_PATIENCE = 60_000;

/** The account on the set-up page. */
export function createSetupAccount(options: SetupAccountOptions): SetupAccount {
  const { settings, audit, channels, screens, secrets, clock } = options;
  const { catalogue } = channels;
  const context = { ...audit, settings };
  /** Resolves once the lists of a new account are there, or after a while. */
  const listsRead = async (): Promise<void> => {
    const waited = new AbortController();
    const patience = sleep(clock, LISTS_PATIENCE, waited.signal).catch(() => {});
    await Promise.race([channels.changed(), patience]);
    waited.abort();
  };
  /** The hidden categories of all other accounts. */
  const ofOthers = (): string | null => {
    const { accounts, listFilter } = settings.current;
    const others = accounts.filter(({ id }) => id !== mainAccount);
    const kept = [...listFilter.hiddenCategories].filter((id) =>
      others.some((other) => id.startsWith(`${other.id}:`)),
    );
    return kept.join(',') || null;
  };
  return {
    try: (fields, signal) => {
      const { tlsAccept, userAgent } = settings.current;
      return tryAccount(fields, { secrets, tlsAccept, userAgent }, signal);
    },
    use: async (tried, { confirm }, by) => {
      const { url, username, password } = tried.account;
      const { xtream } = settings.current;
      const isOther = !xtream || !isSameLogin(xtream, { url, username });
      const onAir = screens.all().find(({ broadcast }) => broadcast.item);
      if (isOther && onAir && !confirm)
        throw new AppError('account_on_air', { channel: onAir.broadcast.item?.wish.name ?? '' });
      const login = { XTREAM_URL: url, XTREAM_USERNAME: username, XTREAM_PASSWORD: password };
      // The ids of another provider's categories mean nothing here.
      await changeSettings(context, { ...login, ...(isOther ? { HIDDEN_CATEGORIES: ofOthers() } : {}) }, by);
      await listsRead();
      return tried;
    },
    leave: async (by) => {
      const none = {
        XTREAM_URL: null,
        XTREAM_USERNAME: null,
        XTREAM_PASSWORD: null,
        HIDDEN_CATEGORIES: ofOthers(),
      };
      await changeSettings(context, none, by);
      await listsRead();
    },
    categories: () => {
      const { hiddenCategories } = settings.current.listFilter;
      return catalogue.allCategories.map((category) => ({
        ...category,
        isHidden: hiddenCategories.has(category.id),
      }));
    },
    hide: (ids, by) => changeSettings(context, { HIDDEN_CATEGORIES: ids.join(',') || null }, by),
  };
}
