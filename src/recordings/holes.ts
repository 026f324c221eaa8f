import type { Span } from '../domain/span.ts';

/** Adds what is missing to what is known to be missing, in order and without overlaps. */
export function withHole(holes: readonly Span[], hole: Span): Span[] {
  const joined: Span[] = [];
  for (const next of [...holes, hole].toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && next.from <= last.to) joined[joined.length - 1] = { ...last, to: Math.max(last.to, next.to) };
    else joined.push(next);
  }
  return joined;
}
