/** Milliseconds of a clip. */
export const CLIP_MS = 30_000;

/** What a clip is made of, as POST /api/clips takes it. */
export type ClipSpan = { readonly from: string; readonly to: string } | { readonly seconds: number };

/**
 * The last half minute before a moment, as far as it is kept.
 * @param moment of the picture, epoch milliseconds; null while it is not known, for the last half minute of the screen
 * @param keptFrom the beginning of what is kept; null while it is not known
 */
export function spanBefore(moment: number | null, keptFrom: number | null): ClipSpan {
  if (moment === null) return { seconds: CLIP_MS / 1000 };
  const from = Math.max(moment - CLIP_MS, keptFrom ?? 0);
  return { from: new Date(from).toISOString(), to: new Date(moment).toISOString() };
}
