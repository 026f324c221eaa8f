import { signal } from '@preact/signals';
import { ApiError, call } from '../common/api.ts';
import { texts } from '../common/language.ts';

/** The part of a recording that the page shows, as GET /api/recordings/{id} documents it. */
export interface Recorded {
  readonly title: string;
  readonly channel_label: string;
  /** ISO 8601. */
  readonly start: string;
  readonly url: string | null;
  readonly playlist: string | null;
  readonly page: string | null;
  readonly audio_tracks: readonly {
    readonly id: number;
    readonly name: string;
    /** With this track alone, in a form that browsers play. */
    readonly playlist: string;
  }[];
  /** The id of the one to begin with. */
  readonly audio_track: number | null;
}

/** The id in the page's address. */
export const id = location.pathname.split('/').at(-1) ?? '';

/** Null until the server has answered. */
export const recorded = signal<Recorded | null>(null);

/** Why there is nothing to see; empty for no reason. */
export const failure = signal('');

/** Asks what the recording is, and says why where that fails. */
export async function loadRecorded(): Promise<void> {
  try {
    recorded.value = await call<Recorded>(`/api/recordings/${encodeURIComponent(id)}`);
  } catch (error) {
    failure.value = error instanceof ApiError && error.status > 0 ? error.message : texts.value.failed;
  }
}
