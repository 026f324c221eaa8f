const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Code units of the longest grapheme that is kept whole; a longer one is abuse and is cut. */
const LONGEST_GRAPHEME = 64;

/**
 * Cuts a text to at most `most` UTF-16 code units, with `…` at the end if something was cut off. It cuts between graphemes,
 * never within an emoji, a letter with its accents or a surrogate pair.
 */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  if (most < 1) return '';
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, most + LONGEST_GRAPHEME))) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
