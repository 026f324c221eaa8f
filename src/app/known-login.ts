import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { loginKey } from '../accounts/shared-slots.ts';
import type { LoginMemory } from '../catalogue/channel-follower.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../lib/logger.ts';
import { JsonFile } from '../store/json-file.ts';

export interface KnownLoginOptions {
  readonly dataDir: string;
  /** Keeps the file from telling who the provider is. */
  readonly signingKey: string;
  readonly settings: { readonly current: Pick<Config, 'xtream'> };
  readonly logger: Pick<Logger, 'warn'>;
}

const schema = z.object({ login: z.string() });

/**
 * Which login the channels belong to that are kept on disk. All accounts of the settings have the same id, so a channel of
 * another login may have the id of a channel that is remembered, be it changed here or in .env.
 */
export class KnownLogin implements LoginMemory {
  readonly #options: KnownLoginOptions;
  readonly #file: JsonFile<z.infer<typeof schema>>;
  /** Null: nothing was noted by this or an earlier version. */
  #known: string | null = null;

  constructor(options: KnownLoginOptions) {
    this.#options = options;
    this.#file = new JsonFile(join(options.dataDir, 'account.json'), schema);
  }

  /** Reads what the process before this one has noted. */
  async load(): Promise<void> {
    this.#known = (await this.#file.read())?.login ?? null;
  }

  get isOther(): boolean {
    const current = this.#current;
    return current !== null && this.#known !== null && this.#known !== current;
  }

  /** Notes that everything that is kept has followed to the present login. */
  note(): void {
    const current = this.#current;
    if (current === null || current === this.#known) return;
    this.#known = current;
    this.#file
      .write({ login: current })
      .catch((err: unknown) => this.#options.logger.warn({ err }, 'account.json could not be written'));
  }

  /** Null for the demo, whose channels have ids of their own. */
  get #current(): string | null {
    const { settings, signingKey } = this.#options;
    const { xtream } = settings.current;
    if (!xtream) return null;
    return createHmac('sha256', signingKey).update(loginKey(xtream)).digest('base64url');
  }
}
