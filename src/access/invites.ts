import { asker, type Role } from '../domain/actor.ts';
import type { Credential } from '../store/credentials.ts';
import type { SessionsOptions } from './sessions-and-login-links.ts';
import { hashOf, randomText } from './signer.ts';
import type { Visitor } from './visitor.ts';

/** The lifetime of an invitation, in milliseconds. */
export const INVITE_LIFETIME = 7 * 24 * 60 * 60_000;

/**
 * Invitations: one-time log-in links for people without a chat account. An invited person gets a `web:` id and the role
 * that the admin chose.
 */
export class Invites {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Creates an invitation. @returns the token, which cannot be read again. */
  issue(name: string, role: Role, by: Visitor): { id: number; token: string; expiresAt: number } {
    const { credentials, people, audit, clock, listing } = this.#options;
    const now = clock.now();
    const token = randomText();
    const person = { id: `web:${randomText(9)}`, name };
    people.setStanding(person, role, now);
    const expiresAt = now + INVITE_LIFETIME;
    const id = credentials.add({
      kind: 'login',
      hash: hashOf(token),
      person: person.id,
      role,
      listedRole: null,
      listing,
      label: by.name,
      parent: null,
      createdAt: now,
      expiresAt,
    });
    audit.add({ at: now, by: asker(by), action: 'invite_made', detail: `${name} (${role})` });
    return { id, token, expiresAt };
  }

  /** Lists unused invitations, newest first. */
  list(): Credential[] {
    const { credentials, clock } = this.#options;
    return credentials.list('login', null, clock.now()).filter(({ label }) => label !== '');
  }

  /** Revokes an unused invitation. @returns whether it existed. */
  revoke(id: number, by: Visitor): boolean {
    const { credentials, people, audit, clock } = this.#options;
    const now = clock.now();
    const found = this.list().find((invite) => invite.id === id);
    if (!found || !credentials.end(id, now)) return false;
    people.setStanding({ id: found.person, name: found.personName }, null, now);
    audit.add({ at: now, by: asker(by), action: 'invite_ended', detail: found.personName });
    return true;
  }
}
