import { asker, type Role } from '../domain/actor.ts';
import type { Credential } from '../store/credentials.ts';
import type { SessionsOptions } from './sessions.ts';
import { hashOf, randomText } from './signer.ts';
import { type Visitor, visitorWith } from './visitor.ts';

/** Written down this often, not with every request. */
const USED_EVERY = 60_000;

/** Named tokens for programs, each with a role. They end with their maker's rights. */
export class ApiTokens {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** @returns the token, which cannot be had again. */
  issue(name: string, role: Role, by: Visitor): { id: number; token: string } {
    const { credentials, people, audit, clock, listing } = this.#options;
    // Recognisable where it turns up, to people and to scanners for leaked secrets.
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

  /** Who came with a token; null: nobody, or nobody any more. */
  find(token: string): Visitor | null {
    const { credentials, clock, listing } = this.#options;
    const now = clock.now();
    const found = credentials.find('token', hashOf(token), now);
    if (!found) return null;
    if (now - (found.usedAt ?? 0) >= USED_EVERY) credentials.used(found.id, now);
    return visitorWith(found, listing);
  }

  list(): Credential[] {
    const { credentials, clock } = this.#options;
    return credentials.list('token', null, clock.now());
  }

  /** @returns whether there was one. */
  revoke(id: number, by: Visitor): boolean {
    const { credentials, audit, clock } = this.#options;
    const found = this.list().find((token) => token.id === id);
    if (!found || !credentials.end(id, clock.now())) return false;
    audit.add({ at: clock.now(), by: asker(by), action: 'token_revoked', detail: found.label });
    return true;
  }
}
