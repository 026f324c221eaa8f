import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { loginKey } from '../accounts/shared-slots.ts';
import type { LoginMemory } from '../catalogue/channel-follower.ts';
import type { Config } from '../config/config.ts';
import { type AccountId, accountId, mainAccount } from '../domain/ids.ts';
import type { Logger } from '../lib/logger.ts';
import { JsonFile } from '../store/json-file.ts';

export interface KnownLoginOptions {
  readonly dataDir: string;
  /** Keeps the file from telling who the provider is. */
  readonly signingKey: string;
  readonly settings: { readonly current: Pick<Config, 'accounts'> };
  readonly logger: Pick<Logger, 'warn'>;
}

/** `login` is that of `XTREAM_*`, the only one that version 0.3 knows. */
const schema = z.object({
  login: z.string().optional(),
  further: z.record(z.string(), z.string()).default({}),
});

/**
 * Which login of each account the channels belong to that are kept on disk. The accounts have the same ids whatever their
 * logins, so a channel of another login may have the id of a channel that is remembered, be it changed here or in .env. The ids
 * of a list's channels mean the same in any list, so lists are not noted.
 */
export class KnownLogin implements LoginMemory {
  readonly #options: KnownLoginOptions;
  readonly #file: JsonFile<z.infer<typeof schema>>;
  /** By account; none where nothing was noted by this or an earlier version. */
  readonly #known = new Map<AccountId, string>();

  constructor(options: KnownLoginOptions) {
    this.#options = options;
    this.#file = new JsonFile(join(options.dataDir, 'account.json'), schema);
  }

  /** Reads what the process before this one has noted. */
  async load(): Promise<void> {
    const { login, further = {} } = (await this.#file.read()) ?? {};
    if (login !== undefined) this.#known.set(mainAccount, login);
    for (const [id, known] of Object.entries(further)) this.#known.set(accountId(id), known);
  }

  isOther(account: AccountId): boolean {
    const [current, known] = [this.#currentOf(account), this.#known.get(account)];
    return current !== null && known !== undefined && known !== current;
  }

  /** Notes that everything that is kept of an account has followed to its present login. */
  note(account: AccountId): void {
    const current = this.#currentOf(account);
    if (current === null || current === this.#known.get(account)) return;
    this.#known.set(account, current);
    const { [mainAccount]: login, ...further } = Object.fromEntries(this.#known);
    this.#file
      .write({ ...(login === undefined ? {} : { login }), further })
      .catch((err: unknown) => this.#options.logger.warn({ err }, 'account.json could not be written'));
  }

  /** Null for the demo, whose channels have ids of their own, and for a list. */
  #currentOf(account: AccountId): string | null {
    const { settings, signingKey } = this.#options;
    const wanted = settings.current.accounts.find(({ id }) => id === account);
    if (wanted?.kind !== 'xtream') return null;
    return createHmac('sha256', signingKey).update(loginKey(wanted)).digest('base64url');
  }
}
