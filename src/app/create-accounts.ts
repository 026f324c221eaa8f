import { AccountPool, type VariantsOf } from '../accounts/account-pool.ts';
import { SharedSlots } from '../accounts/shared-slots.ts';
import { type AllSlots, allSlots } from '../accounts/slots.ts';
import type { LogoSource } from '../catalogue/logos.ts';
import { usualPlaceOf } from '../domain/account-settings.ts';
import { type AccountId, accountOf, type ChannelId, demoAccount, type OwnAccount } from '../domain/ids.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { RecordedStreams } from '../stream/tuner/recorded-reader.ts';
import { Tuners } from '../stream/tuner/tuners.ts';
import type { Part } from './lifecycle.ts';
import {
  type AccountsConfig,
  type OpenAccount,
  type OpenAccountOptions,
  openAccount,
  openedWith,
  wantedAccounts,
} from './open-account.ts';

export interface AccountsOptions extends OpenAccountOptions {
  readonly config: AccountsConfig;
  /** The same channel in all accounts, best first. */
  readonly variantsOf: VariantsOf;
  readonly recorded: RecordedStreams;
  readonly clock: Clock;
}

/** The installation's accounts. Its parts stay the same objects when the settings name other accounts. */
export interface AccountsApi extends OwnAccount {
  /** The accounts in use, in the order in which they count; at least one. */
  readonly open: readonly OpenAccount[];
  /** The first account in use; the short guide is of any account's channels. */
  readonly provider: Pick<SourceProvider, 'account' | 'shortGuide'>;
  /** The connections of all accounts together. */
  readonly slots: AllSlots;
  readonly pool: AccountPool;
  readonly tuners: Tuners;
  readonly logos: LogoSource;
  readonly isDemo: boolean;
  /** Takes the accounts of these settings from now on. Open connections go on, also with accounts that are left. */
  use(config: AccountsConfig): Promise<AccountsChange>;
}

/** What is different after a change of the accounts. */
export interface AccountsChange {
  /** Accounts that were opened, anew or for the first time. */
  readonly opened: readonly AccountId[];
  /** Accounts that have another login now or are not in use any more: their channels' ids mean nothing until their lists are read. */
  readonly left: ReadonlySet<AccountId>;
  /** Ends the connections of the accounts that were left. */
  end(): Promise<void>;
}

/** The accounts of the settings, or the demo's, with their connections. */
export async function createAccounts(options: AccountsOptions): Promise<Part<AccountsApi>> {
  const { ffmpegPath, variantsOf, recorded, clock, logger } = options;
  const logins = new SharedSlots(clock);
  let ownId = ownIdOf(options.config);
  let open = await openAll(options.config, []);
  /** Former accounts whose connections may still be open. */
  const former = new Set<OpenAccount>();
  const pool = new AccountPool({ accounts: open, variantsOf, clock });
  const tuners = new Tuners(pool, { ffmpegPath, recorded, clock, logger });
  const first = () => open[0] as OpenAccount;
  const of = (channelId: ChannelId) => open.find(({ id }) => id === accountOf(channelId));
  const provider: AccountsApi['provider'] = {
    account: (signal) => first().provider.account(signal),
    shortGuide: async (channelId, signal) => of(channelId)?.provider.shortGuide(channelId, signal) ?? [],
  };
  const end = async (account: OpenAccount): Promise<void> => {
    if (former.delete(account)) await account.close();
  };
  return {
    api: {
      get id() {
        return ownId;
      },
      get open() {
        return open;
      },
      get slots() {
        return allSlots(open.map(({ slots }) => slots));
      },
      get isDemo() {
        return ownId === demoAccount;
      },
      provider,
      pool,
      tuners,
      logos: { get: (channel) => (of(channel.id) ?? first()).logos.get(channel) },
      use: async (config) => {
        const before = open;
        open = await openAll(config, before);
        ownId = ownIdOf(config);
        const gone = before.filter((account) => !open.includes(account));
        for (const account of gone) former.add(account);
        pool.use(open);
        // With the same login, a channel is the same channel.
        const left = gone.filter(
          ({ id, slots }) => !open.some((next) => next.id === id && next.slots === slots),
        );
        const ids = new Set(left.map(({ id }) => id));
        tuners.leaveAccounts(ids);
        return {
          opened: open.filter((account) => !before.includes(account)).map(({ id }) => id),
          left: ids,
          end: async () => void (await Promise.all(left.map(end))),
        };
      },
    },
    stop: async () => {
      await tuners.stop();
      await Promise.all([...open, ...former].map((account) => account.close()));
    },
  };

  /** Accounts that are open as the settings want them stay as they are. */
  async function openAll(
    config: AccountsConfig,
    before: readonly OpenAccount[],
  ): Promise<readonly OpenAccount[]> {
    const all = await Promise.all(
      wantedAccounts(config).map((wanted) => {
        const key = openedWith(wanted, config);
        const known = before.find((account) => account.openedWith === key);
        return known ? Promise.resolve(known) : openAccount(wanted, config, logins, options);
      }),
    );
    for (const { slots } of all)
      slots.limit.set =
        all.find((other) => other.slots === slots && other.maxConnections !== null)?.maxConnections ?? null;
    return all;
  }
}

/**
 * The account whose channels the API gives by number: the first by kind and number, also while it is not in use and whatever
 * the owner's order, so that ids stay what they are.
 */
function ownIdOf({ accounts }: AccountsConfig): AccountId {
  const [own] = accounts.map(({ id }) => id).sort((one, other) => usualPlaceOf(one) - usualPlaceOf(other));
  return own ?? demoAccount;
}
