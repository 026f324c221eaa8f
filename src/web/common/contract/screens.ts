/** Screens and what is on them, as the server’s OpenAPI page documents its JSON. Times are ISO 8601 strings, bit rates are bits per second. */

import type { ChannelId } from './channels.ts';
import type { Programme } from './guide.ts';
import type { Role } from './people.ts';

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

/** How often each emoji was sent in the last moment. */
export type ReactionBurst = Readonly<Record<string, number>>;

/** The answer of POST /api/watch/seen. */
export interface Seen {
  /** The folder of the playlists on an edge, with a slash at its end; null where they come from home. */
  readonly playlists: string | null;
  /** Seconds after which to ask again. */
  readonly again: number;
}

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
