import type { Visitor } from '../../src/access/visitor.ts';
import type { AccountFields, TriedAccount } from '../../src/domain/account-trial.ts';
import type { ListedCategory, SetupAccount } from '../../src/http/setup-account.ts';

/** An account of the set-up page whose trials end as the test says; it records what is asked of it. */
export class FakeSetupAccount implements SetupAccount {
  /** What comes of a trial. */
  trial: (fields: AccountFields, signal: AbortSignal) => Promise<TriedAccount> = async (account) => ({
    account,
    connections: 2,
    expiresAt: Date.UTC(2027, 2, 3),
    channels: 12_480,
    categories: [{ id: '3', name: 'France', count: 120 }],
    notes: ['address_in_username'],
  });
  /** Is thrown by `use`. */
  refusal: Error | null = null;
  list: ListedCategory[] = [{ id: '3', name: 'France', count: 120, isHidden: false }];
  readonly calls: (readonly [name: string, by: string, detail?: unknown])[] = [];

  try(fields: AccountFields, signal: AbortSignal): Promise<TriedAccount> {
    return this.trial(fields, signal);
  }

  async use(tried: TriedAccount, options: { readonly confirm: boolean }, by: Visitor): Promise<TriedAccount> {
    this.calls.push(['use', by.id, options]);
    if (this.refusal) throw this.refusal;
    return tried;
  }

  async leave(by: Visitor): Promise<void> {
    this.calls.push(['leave', by.id]);
  }

  categories(): readonly ListedCategory[] {
    return this.list;
  }

  async hide(ids: readonly string[], by: Visitor): Promise<void> {
    this.calls.push(['hide', by.id, ids]);
  }
}
