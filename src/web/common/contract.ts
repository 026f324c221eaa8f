/** What the server sends, as documented by its OpenAPI page. Times are ISO 8601 strings, bit rates are bits per second. */

export interface Channel {
  readonly id: number;
  readonly number: number | null;
  readonly name: string;
  readonly category_id: string | null;
  /** Path of the picture on this server; it may answer 404. */
  readonly logo: string | null;
}

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

export interface ChannelPage {
  readonly items: readonly Channel[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

export interface Programme {
  readonly title: string;
  readonly description: string;
  readonly start: string;
  readonly stop: string;
}

export type BroadcastState = 'idle' | 'starting' | 'live' | 'switching' | 'recovering' | 'stopping';

export interface Status {
  readonly active: boolean;
  /** null: the slate is on air. */
  readonly channel_id: number | null;
  readonly channel_name: string | null;
  readonly started_at: string | null;
  readonly id: string;
  readonly state: BroadcastState;
  readonly wanted: { readonly id: number; readonly name: string } | null;
  readonly asked_by: string | null;
  /** Media sequence number of the first segment of what is on air now. */
  readonly first_segment: number | null;
  readonly attempt: { readonly number: number; readonly of: number } | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly viewers: number;
  readonly bitrate: number | null;
  readonly restarts: number;
  readonly programme: Programme | null;
  readonly next: Programme | null;
}

export interface CatalogueChange {
  readonly channels: number;
  readonly refreshed_at: string;
}

export interface Info {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly demo: boolean;
  /** Whether this browser has an operator's session. */
  readonly operator: boolean;
  /** What this browser may do; null: a stranger. */
  readonly role: 'viewer' | 'controller' | 'admin' | null;
  /** One may log in with Discord, at /login/discord. */
  readonly discord_login: boolean;
  readonly addresses: { readonly watch: string; readonly hls: string; readonly ts: string };
}
