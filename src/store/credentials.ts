import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Platform, type Role, roles } from '../domain/actor.ts';
import type { Standing } from './people.ts';

const kinds = ['login', 'session', 'token'] as const;
/** A one-time login link, a browser's session, or a named token for a program. */
export type CredentialKind = (typeof kinds)[number];

/** A credential to store. Times are epoch milliseconds. */
export interface NewCredential {
  readonly kind: CredentialKind;
  readonly hash: string;
  /** The id of a stored person. */
  readonly person: string;
  /** The highest role that the credential can give. */
  readonly role: Role;
  /** The role that the settings alone give the person; null if they give none and only an admin's decision does. */
  readonly listedRole: Role | null;
  /** A digest of those settings. */
  readonly listing: string;
  /** The browser of a session, the name of a token, or the maker of an invitation; empty for a personal login link. */
  readonly label: string;
  /** The id of the token that opened the session; null if no token did. */
  readonly parent: number | null;
  readonly createdAt: number;
  /** Null if it never expires. */
  readonly expiresAt: number | null;
}

/** A stored credential. */
export interface Credential extends Omit<NewCredential, 'hash'> {
  readonly id: number;
  readonly usedAt: number | null;
  /** The person's current name. */
  readonly personName: string;
  /** The current decision of an admin about the person. */
  readonly standing: Standing | null;
  /** The beginning of the hash: it identifies the credential and gives no access. */
  readonly mark: string;
}

const MARK_LENGTH = 12;

const role = z.enum(roles);
const row = z
  .object({
    id: z.number(),
    kind: z.enum(kinds),
    person: z.string(),
    person_name: z.string(),
    standing: z.enum([...roles, 'denied']).nullable(),
    role,
    listed_role: role.nullable(),
    listing: z.string(),
    label: z.string(),
    parent: z.number().nullable(),
    hash: z.string(),
    created_at: z.number(),
    expires_at: z.number().nullable(),
    used_at: z.number().nullable(),
  })
  .transform(
    ({ person_name, listed_role, created_at, expires_at, used_at, hash, ...rest }): Credential => ({
      ...rest,
      mark: hash.slice(0, MARK_LENGTH),
      personName: person_name,
      listedRole: listed_role,
      createdAt: created_at,
      expiresAt: expires_at,
      usedAt: used_at,
    }),
  );

const SELECT = `
  SELECT c.*, p.name AS person_name, p.standing
  FROM credentials c JOIN people p ON p.id = c.person
  WHERE c.ended_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > :now)
    AND NOT EXISTS (SELECT 1 FROM credentials m WHERE m.id = c.parent AND m.ended_at IS NOT NULL)`;

/** The credentials of people and programs. Ended and expired ones are never found. */
export class Credentials {
  readonly #database: DatabaseSync;
  readonly #onEnd: () => void;

  /** @param onEnd is called when a credential has ended. */
  constructor(database: DatabaseSync, onEnd: () => void = () => {}) {
    this.#database = database;
    this.#onEnd = onEnd;
  }

  /** Stores a credential, and deletes ended and expired ones. @returns its id. */
  add(credential: NewCredential): number {
    const { kind, hash, person, role, listedRole, listing, label, parent, createdAt, expiresAt } = credential;
    this.#database
      .prepare('DELETE FROM credentials WHERE ended_at IS NOT NULL OR expires_at <= ?')
      .run(createdAt);
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO credentials (kind, hash, person, role, listed_role, listing, label, parent, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(kind, hash, person, role, listedRole, listing, label, parent, createdAt, expiresAt);
    return Number(lastInsertRowid);
  }

  /** Makes the credentials of a platform's people, whose role came by some lists, valid by others. @param from @param to digests of the lists */
  relist(platform: Platform, from: string, to: string): void {
    this.#database
      .prepare("UPDATE credentials SET listing = ? WHERE listing = ? AND person LIKE ? || ':%'")
      .run(to, from, platform);
  }

  find(kind: CredentialKind, hash: string, now: number): Credential | null {
    const found = this.#database
      .prepare(`${SELECT} AND c.kind = :kind AND c.hash = :hash`)
      .get({ kind, hash, now });
    return found === undefined ? null : row.parse(found);
  }

  get(id: number, now: number): Credential | null {
    const found = this.#database.prepare(`${SELECT} AND c.id = :id`).get({ id, now });
    return found === undefined ? null : row.parse(found);
  }

  /** The credentials of one kind, newest first. @param person null for everybody's. */
  list(kind: CredentialKind, person: string | null, now: number): Credential[] {
    return this.#database
      .prepare(`${SELECT} AND c.kind = :kind AND c.person = ifnull(:person, c.person) ORDER BY c.id DESC`)
      .all({ kind, person, now })
      .map((found) => row.parse(found));
  }

  used(id: number, now: number): void {
    this.#database.prepare('UPDATE credentials SET used_at = ? WHERE id = ?').run(now, id);
  }

  /** Ends a credential. @returns false if it had ended already, so that only one of two simultaneous uses of a link succeeds. */
  end(id: number, now: number): boolean {
    const { changes } = this.#database
      .prepare('UPDATE credentials SET ended_at = ? WHERE id = ? AND ended_at IS NULL')
      .run(now, id);
    if (changes === 1) this.#onEnd();
    return changes === 1;
  }
}
