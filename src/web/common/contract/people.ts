/** People and what they have, as the server’s OpenAPI page documents its JSON. Times are ISO 8601 strings, bit rates are bits per second. */

import type { ClientKind } from '../../../domain/client-kind.ts';

/** A person that the server knows. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A private link, without its token. */
export interface Link {
  readonly id: number;
  readonly channel_name: string;
  /** The person who made it. */
  readonly person: Person;
  readonly created_at: string;
  readonly expires_at: string;
  readonly last_used_at: string | null;
  /** Players that play it now. */
  readonly players: number;
}

/** The roles, each with the rights of those before it. */
export type Role = 'viewer' | 'controller' | 'admin';

/** A person with the access that an admin has given them. */
export interface KnownPerson extends Person {
  /** An admin's decision; null where the settings decide. */
  readonly standing: Role | 'denied' | null;
  readonly seen_at: string;
}

/** An invitation that nobody has used yet. */
export interface Invite {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly created_at: string;
  readonly expires_at: string;
}

/** A link that works once. */
export interface OneTimeLink {
  readonly url: string;
  readonly expires_at: string;
}

/** A browser that is logged in. */
export interface Session {
  readonly id: number;
  readonly person: Person;
  readonly role: Role;
  /** Its User-Agent. */
  readonly browser: string;
  readonly created_at: string;
  readonly last_seen_at: string | null;
  readonly is_this_one: boolean;
}

/** An API token, without its secret. */
export interface Token {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly created_by: Person;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

/** A television or player with addresses of its own. */
export interface Client {
  readonly id: number;
  readonly name: string;
  readonly kind: ClientKind;
  readonly created_at: string;
  readonly last_used_at: string | null;
  /** The channels that it plays now. */
  readonly playing: readonly string[];
  /** The last channel that it could not have; null if it was refused none. */
  readonly refused: { readonly at: string; readonly channel: string; readonly reason: string } | null;
}

/** A new television or player, with its addresses. */
export interface NewClient {
  readonly id: number;
  /** For HDHomeRun tuners. */
  readonly base_url: string;
  readonly playlist_url: string;
  readonly guide_url: string;
  /** The shared screen. */
  readonly stream_url: string;
  readonly xtream: { readonly url: string; readonly username: string; readonly password: string };
}

/** An entry of the audit log. */
export interface AuditEntry {
  readonly id: number;
  readonly at: string;
  readonly by: Person;
  readonly action: string;
  /** The object of the action; may be empty. */
  readonly detail: string;
}

/** The answer of POST /api/links: a private link for a player. */
export interface NewLink {
  /** One continuous transport stream. */
  readonly url: string;
  readonly expires_at: string;
}
