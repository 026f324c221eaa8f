/** What the server sends, as documented by its OpenAPI page. Times are ISO 8601 strings, bit rates are bits per second. */

/** One entry of the provider's list that is a channel in one quality. */
export interface Variant {
  readonly id: number;
  /** As the provider writes it. */
  readonly name: string;
  readonly quality: 'SD' | 'HD' | 'FHD' | 'UHD' | null;
  readonly codec: string | null;
  readonly kind: string;
}

/** A channel as people know it. */
export interface ChannelGroup {
  /** Of the best variant. */
  readonly id: number;
  /** The id by which the guide is asked. */
  readonly guide_id: number;
  readonly number: number | null;
  readonly name: string;
  /** Path of the picture on this server; it may answer 404. */
  readonly logo: string | null;
  /** At least one; best first. */
  readonly variants: readonly Variant[];
}

/** A channel that one keeps. */
export interface Favourite {
  /** As it was kept. */
  readonly channel_id: number;
  readonly channel_name: string;
  /** As it is in the list now; null where it is no longer there. */
  readonly channel: ChannelGroup | null;
}

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

/** Where channel up and channel down lead. */
export interface Neighbours {
  readonly up: ChannelGroup | null;
  readonly down: ChannelGroup | null;
}

export interface CategoryPage {
  readonly items: readonly Category[];
  /** Channels in the whole list. */
  readonly total: number;
}

export interface GroupPage {
  readonly items: readonly ChannelGroup[];
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

/** What is on a channel and what follows, ordered by start. */
export interface GuideRow {
  readonly channel_id: number;
  readonly programmes: readonly Programme[];
}

/** A span of time, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A programme found by its title. */
export interface TitleHit {
  readonly channel: ChannelGroup;
  readonly programme: Programme;
}

/** Something that was on air. */
export interface HistoryEntry {
  readonly id: number;
  /** Null: no longer in the list. */
  readonly channel_id: number | null;
  readonly channel_name: string;
  readonly asked_by: string | null;
  readonly started_at: string;
  readonly ended_at: string | null;
}

export type BroadcastState = 'idle' | 'starting' | 'live' | 'switching' | 'recovering' | 'stopping';

export interface Status {
  readonly active: boolean;
  /** null: the slate is on air. */
  readonly channel_id: number | null;
  readonly channel_name: string | null;
  /** For people: without country and quality. */
  readonly channel_label: string | null;
  readonly quality: 'SD' | 'HD' | 'FHD' | 'UHD' | null;
  /** The channel that was chosen, where a variant is on air in its place. */
  readonly stands_in_for: { readonly id: number; readonly message: string } | null;
  readonly started_at: string | null;
  readonly id: string;
  readonly state: BroadcastState;
  readonly wanted: { readonly id: number; readonly name: string; readonly label: string } | null;
  readonly asked_by: string | null;
  /** What the channel has to hear. */
  readonly audio_tracks: readonly { readonly id: number; readonly name: string }[];
  /** The id of the one that is heard. */
  readonly audio_track: number | null;
  /** Media sequence number of the first segment of what is on air now. */
  readonly first_segment: number | null;
  readonly attempt: { readonly number: number; readonly of: number | null } | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly viewers: number;
  readonly bitrate: number | null;
  readonly restarts: number;
  readonly programme: Programme | null;
  readonly next: Programme | null;
  /** Null for all but operators. */
  readonly operators: {
    readonly slots: { readonly capacity: number; readonly used_for: readonly string[] };
    /** Minute by minute over the last hour, the last one now. */
    readonly viewer_history: readonly number[];
    readonly last_failure: { readonly message: string; readonly at: string } | null;
    /** What is wrong with the channel on air though it comes, and the variant to take instead. */
    readonly picture: {
      readonly kind: 'black' | 'frozen' | 'notice' | 'silent' | 'damaged';
      readonly since: string;
      readonly other: { readonly id: number; readonly name: string } | null;
    } | null;
    /** Why there are no channels at all. */
    readonly trouble: { readonly code: string; readonly message: string } | null;
  } | null;
}

export interface CatalogueChange {
  readonly channels: number;
  readonly refreshed_at: string;
}

/** How often each emoji was pressed, in a moment. */
export type ReactionBurst = Readonly<Record<string, number>>;

export interface Info {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly demo: boolean;
  /** Whether this browser has an operator's session. */
  readonly operator: boolean;
  /** What this browser may do; null: a stranger. */
  readonly role: Role | null;
  readonly may: readonly string[];
  /** /watch opens for this browser. */
  readonly can_watch: boolean;
  /** Our addresses are of no use on other devices: because of HOST, or of the address that was opened. */
  readonly only_here: 'host' | 'address' | null;
  /** A bot is on, which gives log-in links. */
  readonly bot: boolean;
  /** One may log in with Discord, at /login/discord. */
  readonly discord_login: boolean;
  /** Emojis that POST /api/reactions takes; empty where they are off. */
  readonly reactions: readonly string[];
  readonly addresses: { readonly watch: string; readonly hls: string; readonly ts: string };
}

/** Somebody, by what is kept of them. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A private link, without what opens it. */
export interface Link {
  readonly id: number;
  readonly channel_name: string;
  /** Whose it is. */
  readonly person: Person;
  readonly created_at: string;
  readonly expires_at: string;
  readonly last_used_at: string | null;
  /** Playing it now. */
  readonly players: number;
}

export type Role = 'viewer' | 'controller' | 'admin';

/** What somebody is asked before they disturb others. */
export interface Question {
  readonly viewers: number;
  readonly channel: { readonly id: number; readonly label: string };
  readonly asked_by: string | null;
  readonly wanted: { readonly id: number; readonly label: string };
}

/** Somebody as an admin sees them. */
export interface KnownPerson extends Person {
  /** As an admin has decided; null: as the settings say. */
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

/** A link that opens once. */
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

/** What a program comes in with. */
export interface Token {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly created_by: Person;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

/** Who changed what. */
export interface AuditEntry {
  readonly id: number;
  readonly at: string;
  readonly by: Person;
  readonly action: string;
  /** What it was done to; may be empty. */
  readonly detail: string;
}

/** POST /api/links: a private link for one's own player. */
export interface NewLink {
  /** One continuous transport stream. */
  readonly url: string;
  readonly expires_at: string;
}

/** One thing that the check-up looked at. */
export interface Finding {
  readonly subject: string;
  readonly mark: 'good' | 'warning' | 'bad' | 'off';
  readonly topic: string;
  readonly text: string;
}

export interface Diagnosis {
  readonly summary: string;
  readonly items: readonly Finding[];
}

export interface Setting {
  readonly name: string;
  readonly value: string | null;
  /** Somebody has set it; otherwise the value is the default. */
  readonly is_set: boolean;
  readonly is_hidden: boolean;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export interface LogLine {
  /** Grows from line to line, also over restarts of the server. */
  readonly id: number;
  readonly at: string;
  readonly level: LogLevel;
  readonly text: string;
}

export interface LogNews {
  readonly last: number;
}
