/** The server's JSON, as its OpenAPI page documents it. Times are ISO 8601 strings, bit rates are bits per second. */

import type { ClientKind } from '../../domain/client-kind.ts';

/** A channel: a number in the installation's own account, else a text. */
export type ChannelId = number | string;

/** One entry of the provider's list: a channel in one quality. */
export interface Variant {
  readonly id: ChannelId;
  /** The provider's spelling. */
  readonly name: string;
  readonly quality: 'SD' | 'HD' | 'FHD' | 'UHD' | null;
  readonly codec: string | null;
  readonly kind: string;
}

/** A channel with all its variants. */
export interface ChannelGroup {
  /** The id of the best variant. */
  readonly id: ChannelId;
  /** The id for requests to the guide. */
  readonly guide_id: ChannelId;
  readonly number: number | null;
  readonly name: string;
  /** Path of the logo on this server, which may answer 404. */
  readonly logo: string | null;
  /** For how many days the provider keeps the channel's past; 0 for not at all. */
  readonly archive_days: number;
  /** At least one; best first. */
  readonly variants: readonly Variant[];
}

/** A favourite channel of the person who is logged in. */
export interface Favourite {
  /** The id when it became a favourite. */
  readonly channel_id: ChannelId;
  readonly channel_name: string;
  /** The channel in the current list; null if it is no longer there. */
  readonly channel: ChannelGroup | null;
}

/** A category of the channel list, with its number of channels. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

/** The channels above and below another one; null where there is none. */
export interface Neighbours {
  readonly up: ChannelGroup | null;
  readonly down: ChannelGroup | null;
}

/** The answer of GET /api/categories. */
export interface CategoryPage {
  readonly items: readonly Category[];
  /** Channels in the whole list. */
  readonly total: number;
}

/** One page of the channel list or of a search. */
export interface GroupPage {
  readonly items: readonly ChannelGroup[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** An entry of the guide. */
export interface Programme {
  readonly title: string;
  readonly description: string;
  readonly start: string;
  readonly stop: string;
}

/** The programmes of a channel, ordered by start. */
export interface GuideRow {
  readonly channel_id: ChannelId;
  readonly programmes: readonly Programme[];
}

/** A guide that a channel could have. */
export interface GuideCandidate {
  readonly guide_id: string;
  readonly name: string;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly now: Programme | null;
}

/** The guide of a channel, and those that it could have. */
export interface GuideMatch {
  readonly match: GuideCandidate | null;
  /** Whether somebody has chosen it, or that there is none. */
  readonly is_chosen: boolean;
  readonly candidates: readonly GuideCandidate[];
}

/** A channel for which an admin has chosen something. */
export interface ChosenChannel {
  /** For people. */
  readonly name: string;
  /** The provider's spelling of each of its entries; at least one. */
  readonly entries: readonly { readonly id: ChannelId; readonly name: string }[];
  readonly chosen_name: string | null;
  readonly number: number | null;
  readonly is_hidden: boolean;
  readonly is_alone: boolean;
}

/** What is to be different about a channel; what is absent stays as it is. */
export interface ChoiceChange {
  readonly name?: string | null;
  readonly number?: number | null;
  readonly is_hidden?: boolean;
  readonly same_as?: ChannelId;
  readonly is_alone?: boolean;
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

/** A channel that was on air once, or still is. */
export interface HistoryEntry {
  readonly id: number;
  /** Null if the channel is no longer in the list. */
  readonly channel_id: ChannelId | null;
  readonly channel_name: string;
  readonly asked_by: string | null;
  readonly started_at: string;
  readonly ended_at: string | null;
}

/** What the broadcast is doing. */
export type BroadcastState =
  | 'idle'
  | 'starting'
  | 'live'
  | 'switching'
  | 'recovering'
  | 'paused'
  | 'stopping';

/** A programme of the past or a recording on air; `behind` is how many seconds the picture is behind live. */
export interface PastOnAir {
  readonly start: string;
  readonly behind: number;
  readonly recording: number | null;
  /** Who stopped it for everybody; null while it plays. */
  readonly paused: { readonly by: string | null } | null;
}

/** The state of the broadcast, as GET /stream_status and the `status` event send it. */
export interface Status {
  readonly active: boolean;
  /** Null while the slate is on air. */
  readonly channel_id: ChannelId | null;
  readonly channel_name: string | null;
  /** The name as people say it, without country and quality. */
  readonly channel_label: string | null;
  readonly quality: 'SD' | 'HD' | 'FHD' | 'UHD' | null;
  /** The chosen channel, if a variant is on air in its place; else null. */
  readonly stands_in_for: { readonly id: ChannelId; readonly message: string } | null;
  /** The programme of the past, or the recording, that is on air. */
  readonly past: PastOnAir | null;
  readonly started_at: string | null;
  readonly id: string;
  readonly state: BroadcastState;
  readonly wanted: { readonly id: ChannelId; readonly name: string; readonly label: string } | null;
  readonly asked_by: string | null;
  /** The audio tracks of the channel. */
  readonly audio_tracks: readonly { readonly id: number; readonly name: string }[];
  /** The id of the track on air. */
  readonly audio_track: number | null;
  /** Media sequence number of the first segment of the channel on air. */
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
    /** The accounts in use, and what is wrong with each or with its list. */
    readonly accounts: readonly {
      readonly id: string;
      readonly name: string;
      /** Who says how many connections it allows. */
      readonly capacity_from: 'set' | 'told' | 'learned' | 'assumed';
      readonly trouble: { readonly code: string; readonly message: string } | null;
    }[];
    /** One value a minute over the last hour; the last one is the current minute's. */
    readonly viewer_history: readonly number[];
    readonly last_failure: { readonly message: string; readonly at: string } | null;
    /** What is wrong with the picture or the sound on air, and a variant to switch to. */
    readonly picture: {
      readonly kind: 'black' | 'frozen' | 'notice' | 'silent' | 'damaged';
      readonly since: string;
      readonly other: { readonly id: ChannelId; readonly name: string } | null;
    } | null;
    /** The reason why there are no channels; null if there are. */
    readonly trouble: { readonly code: string; readonly message: string } | null;
  } | null;
}

/** A shared screen, as the `screens` event lists it. */
export interface Screen {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  /** The least role that may change what is on. */
  readonly control: Role;
  /** The least role that may watch; null for everybody who may watch at all. */
  readonly watch: Role | null;
  /** True if the screen lets this browser change what is on. */
  readonly may_control: boolean;
  /** Null if nothing is on. */
  readonly channel_id: ChannelId | null;
  readonly channel_label: string | null;
  readonly state: BroadcastState;
  readonly viewers: number;
}

/** The addresses of a screen, for a browser and for players. */
export interface Addresses {
  readonly watch: string;
  readonly hls: string;
  readonly ts: string;
}

/** A screen as the answer of GET /api/screens lists it. */
export interface ListedScreen extends Screen {
  readonly addresses: Addresses;
}

/** A refresh of the channel list. */
export interface CatalogueChange {
  readonly channels: number;
  readonly refreshed_at: string;
}

/** How often each emoji was sent in the last moment. */
export type ReactionBurst = Readonly<Record<string, number>>;

/** The answer of POST /api/watch/seen. */
export interface Seen {
  /** The folder of the playlists on an edge, with a slash at its end; null where they come from home. */
  readonly playlists: string | null;
  /** Seconds after which to ask again. */
  readonly again: number;
}

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

/** The question before a switch that would disturb others. */
export interface Question {
  readonly code: 'others_watching' | 'interrupts_recording';
  readonly viewers: number;
  /** On air; null where nothing is. */
  readonly channel: { readonly id: ChannelId; readonly label: string } | null;
  readonly asked_by: string | null;
  readonly wanted: { readonly id: ChannelId; readonly label: string };
  /** What the switch would interrupt, until `stop`, as ISO 8601. */
  readonly interrupts: {
    readonly id: number;
    readonly title: string;
    readonly stop: string;
    /** The provider's archive will have it. */
    readonly archived: boolean;
  } | null;
}

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

/** The answer to an import: the server takes the file over at its next start. */
export interface Imported {
  readonly made_at: string;
  /** What happens now, as a sentence. */
  readonly message: string;
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
