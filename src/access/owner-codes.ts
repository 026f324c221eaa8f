import { type Asker, asker, type Platform } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit-action.ts';
import type { Clock } from '../lib/clock.ts';
import { RateLimit } from '../lib/rate-limit.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { People } from '../store/people.ts';
import { randomText, sameText } from './signer.ts';

/** Gives a person the rights of an admin in the settings. @param id the platform's own id. */
export type MakeOwner = (platform: Platform, id: string, name: string) => Promise<void>;

export interface OwnerCodesOptions {
  readonly platform: Platform;
  readonly makeOwner: MakeOwner;
  readonly people: Pick<People, 'seen'>;
  readonly audit: Pick<AuditLog, 'add'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
}

/** The lifetime of a code, in milliseconds. */
export const OWNER_CODE_LIFETIME = 15 * 60_000;
/** Wrong codes that one person may send during the life of a code. */
const MOST_TRIES = 5;
const PREFIX = 'owner_';
const CODE_BYTES = 24;

interface OpenCode {
  readonly text: string;
  readonly issuedBy: Asker;
  /** Monotonic milliseconds. */
  readonly expiresAt: number;
  /** Wrong tries by person, so that a stranger cannot use up the owner's tries. */
  readonly tries: RateLimit;
  /** True while its sender is made an admin: nobody else can use it. */
  isTaken: boolean;
}

/** Whether a text is meant as a code, valid or not. */
export function isOwnerCode(text: string): boolean {
  return text.startsWith(PREFIX);
}

/**
 * The one-time code of a platform, by which its first sender becomes an admin. There is one at a time, kept in memory only,
 * since the set-up page shows it until it is used.
 */
export class OwnerCodes {
  readonly #options: OwnerCodesOptions;
  #open: OpenCode | null = null;

  constructor(options: OwnerCodesOptions) {
    this.#options = options;
  }

  /** The code that can be used now; null if there is none. */
  get current(): string | null {
    return this.#valid?.text ?? null;
  }

  /** Makes a code, which replaces the one before it. */
  issue(by: Asker): void {
    const { platform, clock } = this.#options;
    this.#open = {
      text: PREFIX + randomText(CODE_BYTES),
      issuedBy: asker(by),
      expiresAt: clock.monotonic() + OWNER_CODE_LIFETIME,
      tries: new RateLimit({ clock, most: MOST_TRIES, stretch: OWNER_CODE_LIFETIME }),
      isTaken: false,
    };
    this.#record(by, 'owner_code', platform);
  }

  /** Ends the code, for example with the bot that it was made for. */
  end(): void {
    this.#open = null;
  }

  /** Ends the code if this is it: others have seen it. */
  expose(code: string, by: Asker): void {
    if (this.#check(code, by)) this.#open = null;
  }

  /**
   * Uses up the code and makes the sender an admin.
   * @returns false if the code is wrong, used or expired, or the sender has tried too often.
   * @throws what `makeOwner` throws; the code stays valid then
   */
  async redeem(code: string, by: Asker): Promise<boolean> {
    const open = this.#check(code, by);
    if (!open) return false;
    const { platform, makeOwner, people, clock } = this.#options;
    open.isTaken = true;
    try {
      await makeOwner(platform, by.id.slice(platform.length + 1), by.name);
    } catch (error) {
      open.isTaken = false;
      throw error;
    }
    if (this.#open === open) this.#open = null;
    people.seen(asker(by), clock.now());
    this.#record(by, 'owner_made', open.issuedBy.name);
    return true;
  }

  get #valid(): OpenCode | null {
    const open = this.#open;
    if (!open || open.isTaken) return null;
    return this.#options.clock.monotonic() < open.expiresAt ? open : null;
  }

  #check(code: string, { id }: Asker): OpenCode | null {
    const open = this.#valid;
    if (!open || open.tries.isExceeded(id)) return null;
    if (sameText(code, open.text)) return open;
    open.tries.count(id);
    return null;
  }

  #record(by: Asker, action: AuditAction, detail: string): void {
    const { audit, clock } = this.#options;
    audit.add({ at: clock.now(), by: asker(by), action, detail });
  }
}
