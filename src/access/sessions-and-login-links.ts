import type { Asker, Role } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit-action.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Credential, Credentials } from '../store/credentials.ts';
import type { People } from '../store/people.ts';
import { listedRole, lowerRole } from './people.ts';
import { hashOf, randomText } from './signer.ts';
import { type Visitor, visitorOf } from './visitor.ts';

export interface SessionsOptions {
  readonly credentials: Credentials;
  readonly people: People;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
  /** The hash of the settings' lists from `configuredIdsHash`, which changes with them. */
  readonly listing: string;
}

/** The lifetime of a session, in milliseconds. */
export const SESSION_LIFETIME = 30 * 24 * 60 * 60_000;
/** The lifetime of a one-time link, in milliseconds. */
export const LINK_LIFETIME = 10 * 60_000;
/** Milliseconds between two records of a session's use. */
const SEEN_EVERY = 60_000;
const LONGEST_BROWSER = 160;

/** A new session of a browser. */
export interface NewSession {
  /** The secret for the browser's cookie. */
  readonly token: string;
  readonly role: Role;
}

/** Browsers' sessions, and the one-time links that start them. */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /**
   * Makes the token of a one-time link.
   * @param person a person with their role, from a command or the owner's terminal.
   * @param most the highest role that the link gives.
   * @param lifetime milliseconds; ten minutes by default.
   */
  issueLink(person: Asker & { readonly role: Role }, most: Role = 'admin', lifetime = LINK_LIFETIME): string {
    const expiresAt = this.#options.clock.now() + lifetime;
    return this.#add('login', this.visitorAs(person), lowerRole(person.role, most), '', expiresAt).token;
  }

  /** Makes a link for another device of a logged-in visitor, with the role of their session. */
  issueLinkTo(visitor: Visitor): { token: string; expiresAt: number } {
    const expiresAt = this.#options.clock.now() + LINK_LIFETIME;
    const { token } = this.#add('login', visitor, visitor.role, '', expiresAt);
    this.#record(visitor, 'login_link', '');
    return { token, expiresAt };
  }

  /** Turns a person whom a platform has just identified into a visitor. */
  visitorAs({ id, name, role }: Asker & { readonly role: Role }): Visitor {
    const standing = this.#options.people.find(id)?.standing ?? null;
    return { id, name, role, listedRole: listedRole(role, standing), sessionId: null, tokenId: null };
  }

  /** The visitor of a link, or null. The link stays unused, since chat apps open links for previews. */
  peek(link: string): Visitor | null {
    const found = this.#find('login', link);
    return found && this.#visitorOf(found);
  }

  /** Spends a link and starts a session. @param browser its User-Agent. @throws AppError login_link_spent */
  logIn(link: string, browser: string): NewSession {
    const { credentials, clock } = this.#options;
    const found = this.#find('login', link);
    const visitor = found && this.#visitorOf(found);
    if (!visitor || !credentials.end(found.id, clock.now())) throw new AppError('login_link_spent');
    return this.begin(visitor, browser);
  }

  /** Ends every unused link of a person. */
  endLinks(person: string): void {
    const { credentials, clock } = this.#options;
    for (const { id } of credentials.list('login', person, clock.now())) credentials.end(id, clock.now());
  }

  /** Starts a session, always with a new token. @param browser its User-Agent. */
  begin(visitor: Visitor, browser: string): NewSession {
    const label = browser.slice(0, LONGEST_BROWSER);
    const expiresAt = this.#options.clock.now() + SESSION_LIFETIME;
    const entry = this.#add('session', visitor, visitor.role, label, expiresAt);
    this.#record(visitor, 'login', label);
    return entry;
  }

  /** The visitor of a session's token; null if it is unknown or no longer valid. */
  find(token: string): Visitor | null {
    const { credentials, clock } = this.#options;
    const found = this.#find('session', token);
    if (!found) return null;
    if (clock.now() - (found.usedAt ?? 0) >= SEEN_EVERY) credentials.used(found.id, clock.now());
    return this.#visitorOf(found);
  }

  /** Lists live sessions. @param person null for everybody's. */
  list(person: string | null): Credential[] {
    const { credentials, clock } = this.#options;
    return credentials.list('session', person, clock.now());
  }

  /** Ends a session: one's own, or anybody's for an admin. @returns whether it existed. */
  end(id: number, by: Visitor): boolean {
    const { credentials, clock } = this.#options;
    const found = this.list(by.role === 'admin' ? null : by.id).find((session) => session.id === id);
    if (!found || !credentials.end(id, clock.now())) return false;
    if (id === by.sessionId) this.#record(by, 'logout', '');
    else this.#record(by, 'session_ended', found.personName);
    return true;
  }

  #find(kind: 'login' | 'session', token: string): Credential | null {
    const { credentials, clock } = this.#options;
    return credentials.find(kind, hashOf(token), clock.now());
  }

  /** The visitor of a credential; one made with an API token never exceeds that token's role. */
  #visitorOf(found: Credential): Visitor | null {
    const { credentials, clock, listing } = this.#options;
    if (found.parent === null) return visitorOf(found, listing);
    const token = found.standing === 'denied' ? null : credentials.get(found.parent, clock.now());
    const visitor = token && visitorOf(token, listing);
    const sessionId = found.kind === 'session' ? found.id : null;
    return visitor && { ...visitor, role: lowerRole(found.role, visitor.role), sessionId };
  }

  #add(
    kind: 'login' | 'session',
    { id, name, listedRole, tokenId: parent }: Visitor,
    role: Role,
    label: string,
    expiresAt: number,
  ): NewSession {
    const { credentials, people, clock, listing } = this.#options;
    const token = randomText();
    const createdAt = clock.now();
    people.seen({ id, name }, createdAt);
    credentials.add({
      kind,
      hash: hashOf(token),
      person: id,
      role,
      listedRole,
      listing,
      label,
      parent,
      createdAt,
      expiresAt,
    });
    return { token, role };
  }

  #record({ id, name }: Asker, action: AuditAction, detail: string): void {
    const { audit, clock } = this.#options;
    audit.add({ at: clock.now(), by: { id, name }, action, detail });
  }
}
