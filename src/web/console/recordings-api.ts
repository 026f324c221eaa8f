import { call } from '../common/api.ts';
import type { ChannelId } from '../common/contract/channels.ts';

/** A recording, as GET /api/recordings documents it. Times are ISO 8601 strings. */
export interface Recording {
  readonly id: number;
  readonly channel_id: ChannelId;
  readonly channel_label: string;
  readonly title: string;
  readonly start: string;
  readonly stop: string;
  /** The programme's own times; null where the guide knew none. */
  readonly programme: { readonly from: string; readonly to: string } | null;
  readonly follows_guide: boolean;
  /** It is taken from the provider's archive once its time is over. */
  readonly from_archive: boolean;
  readonly state: 'planned' | 'waiting' | 'recording' | 'finishing' | 'done' | 'incomplete' | 'failed';
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly holes: readonly { readonly from: string; readonly to: string }[];
  readonly protected: boolean;
  readonly bytes: number;
  /** The path of the file for players; null until it is there. */
  readonly url: string | null;
  /** The path of the page that plays it; null while there is nothing to play. */
  readonly page: string | null;
  /** The path of a playlist (HLS) from its beginning; null where there is none. */
  readonly playlist: string | null;
  /** Null for readers who may not know. */
  readonly asked_by: string | null;
  /** Whether this browser may change and delete it. */
  readonly may_change: boolean;
}

/** What helps where a recording may get no connection, as the API documents it. */
export type WayOut = 'archive' | 'shorter' | 'give_up';

export interface PlannedRecording extends Recording {
  /** Why there may be no connection. */
  readonly warning: string | null;
  readonly ways_out: readonly WayOut[];
}

/** All recordings, by when they begin, and their disk in bytes. */
export interface RecordingList {
  readonly items: readonly Recording[];
  readonly disk: { readonly used: number; readonly free: number | null };
}

/** A channel from one time to another, or one of its programmes. */
export type RecordingWish = { readonly channel_id: ChannelId } & (
  | { readonly start?: string; readonly stop: string; readonly title?: string }
  /** A time within the programme. */
  | { readonly programme: string }
);

/** What to change; times are ISO 8601. An end that is over ends a running recording. */
export interface RecordingChange {
  readonly title?: string;
  readonly start?: string;
  readonly stop?: string | 0;
  readonly more_minutes?: number;
  readonly protected?: boolean;
  readonly from_archive?: true;
  readonly without_margins?: true;
}

/** The requests about recordings. */
export const recordingsApi = {
  list: () => call<RecordingList>('/api/recordings'),

  plan: (wish: RecordingWish) => call<PlannedRecording>('/api/recordings', { method: 'POST', body: wish }),

  change: (id: number, change: RecordingChange) =>
    call<Recording>(`/api/recordings/${id}`, { method: 'PATCH', body: change }),

  /** Ends a running recording now. */
  stop: (id: number) => call<Recording>(`/api/recordings/${id}`, { method: 'PATCH', body: { stop: 0 } }),

  remove: (id: number) => call<void>(`/api/recordings/${id}`, { method: 'DELETE' }),

  /** The address of this person's calendar of recordings. */
  calendar: () => call<{ url: string }>('/api/recordings/calendar').then(({ url }) => url),
};
