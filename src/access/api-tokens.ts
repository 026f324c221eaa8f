import { asker, type Role } from '../domain/actor.ts';
import type { Credential } from '../store/credentials.ts';
import type { SessionsOptions } from './sessions-and-login-links.ts';
import { hashOf, randomText } from './signer.ts';
import { type Visitor, visitorOf } from './visitor.ts';

/** Milliseconds between two records of a token's use. */
const USED_EVERY = 60_000;

/** Named API tokens, each with a role. A token never exceeds its maker's rights. */
export class ApiTokens {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Creates a token. @returns the token, which cannot be read again. */
  issue(name: string, role: Role, by: Visitor): { id: number; token: string } {
    const { credentials, people, audit, clock, listing } = this.#options;
    // The prefix makes a leaked token recognisable to people and secret scanners.
    const token = `zapette_${randomText()}`;
    const now = clock.now();
    people.seen(asker(by), now);
    const id = credentials.add({
      kind: 'token',
      hash: hashOf(token),
      person: by.id,
      role,
      listedRole: by.listedRole,
      listing,
      label: name,
      parent: null,
      createdAt: now,
      expiresAt: null,
    });
    audit.add({ at: now, by: asker(by), action: 'token_made', detail: `${name} (${role})` });
    return { id, token };
  }

  /** The visitor with this token; null if it is unknown or no longer valid. */
  find(token: string): Visitor | null {
    const { credentials, clock, listing } = this.#options;
    const now = clock.now();
    const found = credentials.find('token', hashOf(token), now);
    if (!found) return null;
    if (now - (found.usedAt ?? 0) >= USED_EVERY) credentials.used(found.id, now);
    return visitorOf(found, listing);
  }

  list(): Credential[] {
    const { credentials, clock } = this.#options;
    return credentials.list('token', null, clock.now());
  }

  /** Revokes a token. @returns whether it existed. */
  revoke(id: number, by: Visitor): boolean {
    const { credentials, audit, clock } = this.#options;
    const found = this.list().find((token) => token.id === id);
    if (!found || !credentials.end(id, clock.now())) return false;
    audit.add({ at: clock.now(), by: asker(by), action: 'token_revoked', detail: found.label });
    return true;
  }
}
