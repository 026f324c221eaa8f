import type { Asker, Role } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit-action.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Credential, Credentials } from '../store/credentials.ts';
import type { People } from '../store/people.ts';
import { listedRole, lower } from './people.ts';
import { hashOf, randomText } from './signer.ts';
import { type Visitor, visitorWith } from './visitor.ts';

export interface SessionsOptions {
  readonly credentials: Credentials;
  readonly people: People;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
  /** Of the settings that let people in, as `listingOf` has it. */
  readonly listing: string;
}

/** Milliseconds. */
export const SESSION_LIFETIME = 30 * 24 * 60 * 60_000;
export const LINK_LIFETIME = 10 * 60_000;
/** A visit is written down this often, not with every request. */
const SEEN_EVERY = 60_000;
const LONGEST_BROWSER = 160;

/** A browser that was let in. */
export interface Entry {
  /** For its cookie; known to nobody else. */
  readonly token: string;
  readonly role: Role;
}

/** Browsers that are logged in, and the one-time links by which they come in. */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /**
   * Makes a one-time link's token.
   * @param person somebody with a role, as a command or the owner's terminal knows them.
   * @param most what it is good for at most.
   */
  issueLink(person: Asker & { readonly role: Role }, most: Role = 'admin'): string {
    const expiresAt = this.#options.clock.now() + LINK_LIFETIME;
    return this.#add('login', this.visitorAs(person), lower(person.role, most), '', expiresAt).token;
  }

  /** The same for another device of somebody who is in: no more than what they came with. */
  issueLinkTo(visitor: Visitor): { token: string; expiresAt: number } {
    const expiresAt = this.#options.clock.now() + LINK_LIFETIME;
    const { token } = this.#add('login', visitor, visitor.role, '', expiresAt);
    this.#record(visitor, 'login_link', '');
    return { token, expiresAt };
  }

  /** Somebody as their platform has just presented them. */
  visitorAs({ id, name, role }: Asker & { readonly role: Role }): Visitor {
    const standing = this.#options.people.find(id)?.standing ?? null;
    return { id, name, role, listedRole: listedRole(role, standing), sessionId: null, tokenId: null };
  }

  /** Whom a link lets in; it stays unused, for chat apps open links to show what is there. Null: it is of no use. */
  peek(link: string): Visitor | null {
    const found = this.#find('login', link);
    return found && this.#visitorOf(found);
  }

  /** Uses a link up. @param browser its User-Agent. @throws AppError login_link_spent */
  logIn(link: string, browser: string): Entry {
    const { credentials, clock } = this.#options;
    const found = this.#find('login', link);
    const visitor = found && this.#visitorOf(found);
    if (!visitor || !credentials.end(found.id, clock.now())) throw new AppError('login_link_spent');
    return this.begin(visitor, browser);
  }

  /** A new session, always with a new token. @param browser its User-Agent. */
  begin(visitor: Visitor, browser: string): Entry {
    const label = browser.slice(0, LONGEST_BROWSER);
    const expiresAt = this.#options.clock.now() + SESSION_LIFETIME;
    const entry = this.#add('session', visitor, visitor.role, label, expiresAt);
    this.#record(visitor, 'login', label);
    return entry;
  }

  /** Who came with a session's token; null: nobody, or nobody any more. */
  find(token: string): Visitor | null {
    const { credentials, clock } = this.#options;
    const found = this.#find('session', token);
    if (!found) return null;
    if (clock.now() - (found.usedAt ?? 0) >= SEEN_EVERY) credentials.used(found.id, clock.now());
    return this.#visitorOf(found);
  }

  /** @param person null: everybody's. */
  list(person: string | null): Credential[] {
    const { credentials, clock } = this.#options;
    return credentials.list('session', person, clock.now());
  }

  /** Ends one of those that `by` may see: their own, or anybody's for an admin. @returns whether there was one. */
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

  /** Whoever came in by a token may do no more than the token. */
  #visitorOf(found: Credential): Visitor | null {
    const { credentials, clock, listing } = this.#options;
    if (found.parent === null) return visitorWith(found, listing);
    const token = found.standing === 'denied' ? null : credentials.get(found.parent, clock.now());
    const visitor = token && visitorWith(token, listing);
    const sessionId = found.kind === 'session' ? found.id : null;
    return visitor && { ...visitor, role: lower(found.role, visitor.role), sessionId };
  }

  #add(
    kind: 'login' | 'session',
    { id, name, listedRole, tokenId: parent }: Visitor,
    role: Role,
    label: string,
    expiresAt: number,
  ): Entry {
    const { credentials, people, clock, listing } = this.#options;
    const token = randomText();
    const createdAt = clock.now();
    people.seen({ id, name }, createdAt);
    credentials.add({
      ...{
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
      },
    });
    return { token, role };
  }

  #record({ id, name }: Asker, action: AuditAction, detail: string): void {
    const { audit, clock } = this.#options;
    audit.add({ at: clock.now(), by: { id, name }, action, detail });
  }
}
