import { shorten } from '../lib/shorten.ts';
import type { Line, Span } from '../words/line.ts';

/** The limit of one message of a service. */
export interface Budget {
  readonly most: number;
  /** The size of rendered lines, counted as the service counts it. */
  readonly measure: (lines: readonly Line[]) => number;
  /** The last line where lines were left out, such as "… and 12 more". */
  readonly more: (count: number) => string;
}

/**
 * Makes lines fit into one message. A line that needs more than half of it is shortened; then whole lines are left out from
 * the end and counted. Only texts are cut, never markup.
 */
export function fitLines(lines: readonly Line[], budget: Budget): readonly Line[] {
  const { most, measure, more } = budget;
  if (measure(lines) <= most) return lines;
  const shortened = lines.map((line) => shortenLine(line, budget));
  if (measure(shortened) <= most) return shortened;
  const kept = largest(lines.length - 1, (count) => measure(partOf(count)) <= most);
  return partOf(kept);

  function partOf(count: number): Line[] {
    return [...shortened.slice(0, count), [more(lines.length - count)]];
  }
}

function shortenLine(line: Line, { most, measure }: Budget): Line {
  const room = Math.floor(most / 2);
  if (measure([line]) <= room) return line;
  return cut(
    line,
    largest(room, (length) => measure([cut(line, length)]) <= room),
  );
}

/** Cuts a line to its beginning. @param length of its texts, in UTF-16 code units. */
function cut(line: Line, length: number): Line {
  const kept: Span[] = [];
  let left = length;
  for (const span of line) {
    const text = textOf(span);
    if (left <= 0) break;
    kept.push(text !== null && text.length > left ? withText(span, shorten(text, left)) : span);
    left -= text?.length ?? 1;
  }
  return kept;
}

/** The text of a span; null for a time, which is shown whole or not at all. */
function textOf(span: Span): string | null {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  if ('code' in span) return span.code;
  return 'label' in span ? span.label : null;
}

function withText(span: Span, text: string): Span {
  if (typeof span === 'string') return text;
  if ('bold' in span) return { bold: text };
  if ('code' in span) return { code: text };
  return 'label' in span ? { ...span, label: text } : span;
}

/** The largest number up to `most` that is good; 0 where none is. @param isGood must hold for all smaller numbers as well. */
function largest(most: number, isGood: (value: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isGood(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
