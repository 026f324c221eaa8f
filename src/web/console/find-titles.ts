import type { Programme } from '../common/contract.ts';

export interface TitleHit<T> {
  readonly channel: T;
  readonly programme: Programme;
}

/** Programmes whose title has all words of a text, in any case and without accents; soonest first, nothing that is over. */
export function findTitles<T>(
  rows: readonly { readonly channel: T; readonly programmes: readonly Programme[] }[],
  text: string,
  now: number,
): TitleHit<T>[] {
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return rows
    .flatMap(({ channel, programmes }) => programmes.map((programme) => ({ channel, programme })))
    .filter(({ programme: { title, stop } }) => {
      const folded = fold(title);
      return Date.parse(stop) > now && words.every((word) => folded.includes(word));
    })
    .sort((a, b) => Date.parse(a.programme.start) - Date.parse(b.programme.start));
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
