import type { Visitor } from '../../src/access/visitor.ts';
import type { AccountFields, AccountKind, TriedAccount } from '../../src/domain/account-trial.ts';
import { type AccountId, mainAccount } from '../../src/domain/ids.ts';
import type { SetupAccountState, SetupAccounts } from '../../src/http/setup-accounts.ts';

/** The accounts of the set-up page; it records what is asked of it. */
export class FakeSetupAccounts implements SetupAccounts {
  accounts: SetupAccountState[] = [
    {
      ...{ id: mainAccount, kind: 'xtream', isOff: false, isLocked: false, trouble: null },
      ...{ connections: 2, expiresAt: Date.UTC(2027, 2, 3), channels: 12_480 },
    },
  ];
  /** Is thrown by all but `list`. */
  refusal: Error | null = null;
  readonly calls: (readonly [name: string, ...detail: unknown[]])[] = [];

  list(): readonly SetupAccountState[] {
    return this.accounts;
  }

  mayAdd(kind: AccountKind): boolean {
    return kind === 'm3u';
  }

  async try(kind: AccountKind, fields: AccountFields): Promise<TriedAccount> {
    this.#note('try', kind, fields);
    const facts = { connections: null, expiresAt: null, channels: 3, categories: [], notes: [] };
    return { account: fields, ...facts };
  }

  async use(id: AccountId | null, kind: AccountKind, tried: TriedAccount, by: Visitor): Promise<void> {
    this.#note('use', id, kind, tried.account.url, by.id);
  }

  async remove(id: AccountId, by: Visitor): Promise<void> {
    this.#note('remove', id, by.id);
  }

  async pause(id: AccountId, isOff: boolean, by: Visitor): Promise<void> {
    this.#note('pause', id, isOff, by.id);
  }

  async order(ids: readonly AccountId[], by: Visitor): Promise<void> {
    this.#note('order', ids, by.id);
  }

  async read(id: AccountId): Promise<void> {
    this.#note('read', id);
  }

  #note(...call: readonly [name: string, ...detail: unknown[]]): void {
    this.calls.push(call);
    if (this.refusal) throw this.refusal;
  }
}
