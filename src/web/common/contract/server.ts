/** The server, as the server’s OpenAPI page documents its JSON. Times are ISO 8601 strings, bit rates are bits per second. */

import type { Role } from './people.ts';
import type { Addresses } from './screens.ts';

/** The answer of GET /api/info: the server, and the rights of this browser. */
export interface Info {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly demo: boolean;
  /** True if this browser has an operator's session. */
  readonly operator: boolean;
  /** The role of this browser's session; null without one. */
  readonly role: Role | null;
  /** The rights of this browser. */
  readonly may: readonly string[];
  /** True if this browser may open /watch. */
  readonly can_watch: boolean;
  /** Why other devices cannot use the addresses: because of HOST, or of the address that was opened; null if they can. */
  readonly only_here: 'host' | 'address' | null;
  /** True if a bot is connected, which can give log-in links. */
  readonly bot: boolean;
  /** True if /login/discord logs people in. */
  readonly discord_login: boolean;
  /** Emojis that POST /api/reactions accepts; empty where reactions are off. */
  readonly reactions: readonly string[];
  readonly addresses: Addresses;
}

/** The answer to an import: the server takes the file over at its next start. */
export interface Imported {
  readonly made_at: string;
  /** What happens now, as a sentence. */
  readonly message: string;
}

/** One result of the diagnostics. */
export interface Finding {
  readonly subject: string;
  readonly mark: 'good' | 'warning' | 'bad' | 'off';
  readonly topic: string;
  readonly text: string;
}

/** The answer of GET /api/doctor. */
export interface Diagnosis {
  readonly summary: string;
  readonly items: readonly Finding[];
}

/** A setting with its value, which is null for secrets and for settings without one. */
export interface Setting {
  readonly name: string;
  readonly value: string | null;
  /** True if it is set; else the value is the default. */
  readonly is_set: boolean;
  readonly is_hidden: boolean;
}

/** The levels of the log, lowest first. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** One line of the server's log. */
export interface LogLine {
  /** Grows from line to line, also across restarts of the server. */
  readonly id: number;
  readonly at: string;
  readonly level: LogLevel;
  readonly text: string;
}

/** The `log` event: the id of the newest line. */
export interface LogNews {
  readonly last: number;
}
