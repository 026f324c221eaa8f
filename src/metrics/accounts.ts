import { Gauge, type Registry } from 'prom-client';
import type { AccountInUse } from '../domain/account-in-use.ts';
import type { AccountId } from '../domain/ids.ts';

export interface AccountSources {
  /** Those in use; they may change. */
  readonly accounts: () => readonly Pick<AccountInUse, 'id' | 'slots'>[];
  /** Whether something is wrong with an account. */
  readonly isInTrouble: (account: AccountId) => boolean;
}

/** The accounts by their ids, and their connections. */
export function addAccounts(registry: Registry, { accounts, isInTrouble }: AccountSources): void {
  const add = (name: string, help: string, read: (account: Pick<AccountInUse, 'id' | 'slots'>) => number) =>
    new Gauge({
      ...{ name, help },
      labelNames: ['account'],
      registers: [registry],
      collect() {
        this.reset();
        for (const account of accounts()) this.set({ account: account.id }, read(account));
      },
    });
  add('zapette_source_up', '1 if the account could be used when it was last asked, else 0', ({ id }) =>
    isInTrouble(id) ? 0 : 1,
  );
  add('zapette_slots_used', 'Open connections of the account', ({ slots }) => slots.holders.length);
  add('zapette_slots_limit', 'Connections that the account allows at a time', ({ slots }) => slots.capacity);
}
