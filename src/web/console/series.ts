import { signal } from '@preact/signals';
import { ApiError, call } from '../common/api.ts';
import type { ChannelId } from '../common/contract/channels.ts';
import { toastError } from '../common/failure.ts';

/** What a rule records, as POST /api/recording-rules takes it; without a channel, on any. */
export interface SeriesWish {
  readonly title: string;
  /** exact: the whole title · words: all its words */
  readonly match: 'exact' | 'words';
  readonly channel_id?: ChannelId;
  readonly new_only: boolean;
}

/** A rule, as GET /api/recording-rules documents it. */
export interface Series extends Omit<SeriesWish, 'channel_id'> {
  readonly id: number;
  readonly channel_id: ChannelId | null;
  readonly channel_label: string | null;
  readonly asked_by: string;
  /** Whether this browser may change and end it. */
  readonly may_change: boolean;
}

/** A programme that a rule takes. Times are ISO 8601. */
export interface SeriesMatch {
  readonly channel_label: string;
  readonly title: string;
  readonly sub_title: string | null;
  readonly start: string;
  /** Whether it is to be recorded already. */
  readonly planned: boolean;
}

const path = '/api/recording-rules';

/** The requests about rules. */
export const seriesApi = {
  preview: (wish: SeriesWish) =>
    call<{ items: SeriesMatch[] }>(`${path}/preview`, { method: 'POST', body: wish }).then(
      ({ items }) => items,
    ),

  add: (wish: SeriesWish) => call<Series>(path, { method: 'POST', body: wish }),

  change: (id: number, wish: SeriesWish) =>
    call<Series>(`${path}/${id}`, {
      method: 'PATCH',
      body: { ...wish, channel_id: wish.channel_id ?? null },
    }),

  remove: (id: number) => call<void>(`${path}/${id}`, { method: 'DELETE' }),
};

/** All rules, the oldest first; null until they are loaded. */
export const series = signal<readonly Series[] | null>(null);

/** Loads the rules again. */
export async function loadSeries(): Promise<void> {
  try {
    series.value = (await call<{ items: Series[] }>(path)).items;
  } catch (error) {
    // The offline banner says so already.
    if (!(error instanceof ApiError && error.status === 0)) toastError(error);
  }
}

/** What a rule records. */
export function wishOf({ title, match, channel_id: channel, new_only }: Series): SeriesWish {
  return { title, match, new_only, ...(channel === null ? {} : { channel_id: channel }) };
}
