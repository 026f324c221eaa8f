import { call } from '../common/api.ts';

/** What the server did over ten seconds, as GET /api/figures documents it. */
export interface Figure {
  readonly at: string;
  readonly viewers: number;
  readonly bits_in: number;
  readonly bits_out: number;
  readonly segment_age: number | null;
  readonly switch_seconds: number | null;
  readonly lag: number;
}

/** @param after the time of the last one that is known; null for all of the last hour. */
export async function loadFigures(after: string | null): Promise<readonly Figure[]> {
  const query = after === null ? '' : `?after=${encodeURIComponent(after)}`;
  return (await call<{ items: readonly Figure[] }>(`/api/figures${query}`)).items;
}
