import type { ClipSpan } from '../../actions/make-clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { Span } from '../../domain/span.ts';
import { shorten } from '../../lib/shorten.ts';
import { foldTyped, secondsOf, type TypedClock, TypedWords } from './words.ts';

const DEFAULT_SECONDS = 30;
const SECOND = 1_000;
/** Characters of a typed text that are read and repeated. */
const LONGEST = 80;
/** Words that change nothing: "the last 2 minutes", "les deux dernières minutes". */
const IDLE = /\b(?:the|last|past|of|les?|la|des?|derni(?:ers?|eres?))\b/g;
const BETWEEN = /-|\b(?:to|a|until|et|and)\b/y;

/**
 * What was typed: nothing, seconds ("45"), a length ("1 min"), from and to in time ago ("60-20"), a length some time ago ("30 s il y a
 * 2 minutes"), or times on this machine's clock ("21:03-21:04").
 * @param edge when the last picture was shown, in epoch milliseconds; null without a past
 * @throws AppError clip_words, past_missing
 */
export function readClipSpan(typed: string, edge: number | null): ClipSpan {
  const text = foldTyped(typed.slice(0, LONGEST));
  const found = text === '' ? { seconds: DEFAULT_SECONDS } : (ofClocks(text, edge ?? 0) ?? ofLengths(text));
  if (!found) throw new AppError('clip_words', { text: shorten(typed.trim(), LONGEST) });
  if ('seconds' in found) return found;
  if (edge === null) throw new AppError('past_missing');
  const { from, to } = 'ago' in found ? since(edge - found.ago * SECOND, found.lasts) : found;
  return { from, to: from < edge ? Math.min(edge, to) : to };
}

function since(from: number, seconds: number): Span {
  return { from, to: from + seconds * SECOND };
}

/** Both in seconds. */
interface SomeTimeAgo {
  readonly ago: number;
  readonly lasts: number;
}

function ofLengths(text: string): { readonly seconds: number } | SomeTimeAgo | null {
  const words = new TypedWords(text.replace(IDLE, ' ').replace(/\s+/g, ' ').trim());
  words.take(/-/y);
  const isAgo = words.take(/il y (?:a )?/y) !== null;
  const first = lengthOf(words);
  if (first === null) return null;
  if (words.isRead) return isAgo ? { ago: first, lasts: DEFAULT_SECONDS } : { seconds: first };
  if (words.take(/ago(?![a-z])/y)) return words.isRead ? { ago: first, lasts: DEFAULT_SECONDS } : null;
  const isRange = words.take(BETWEEN) !== null;
  words.take(/ /y);
  const isFrom = words.take(/(?:il y (?:a )?|from )/y) !== null;
  const second = lengthOf(words);
  const isBack = words.take(/ ago(?![a-z])/y) !== null;
  if (second === null || !words.isRead || !(isRange || isFrom || isBack)) return null;
  if (isRange) return { ago: Math.max(first, second), lasts: Math.abs(first - second) };
  return { ago: second, lasts: first };
}

/** Seconds: "45", "45 s", "1 min", or "minute" alone. */
function lengthOf(words: TypedWords): number | null {
  const named = words.length();
  if (named !== null) return named;
  if (words.take(/minute(?![a-z])/y)) return 60;
  const [, bare] = words.take(/(\d{1,5})(?![\w:.'])/y) ?? [];
  return bare === undefined ? null : Number(bare);
}

/** @param edge the last moment that may be meant, in epoch milliseconds */
function ofClocks(text: string, edge: number): Span | null {
  const words = new TypedWords(text);
  words.take(/(?:from|between|entre|de|at|a) /y);
  const first = words.clock();
  if (!first || first.isBare) return null;
  const isTo = words.take(/ ?(?:-|(?:to|a|until|et|and)(?![a-z])) ?/y) !== null;
  const isFor = !isTo && words.take(/ (?:for|pendant)(?![a-z])/y) !== null;
  words.take(/ /y);
  const lasts = isTo ? null : words.length();
  const second = lasts === null && !isFor ? words.clock() : null;
  if (!words.isRead || ((isTo || isFor) && lasts === null && !second)) return null;
  const from = momentsOf(first, edge).findLast((at) => at <= edge);
  if (from === undefined) return null;
  if (!second) return since(from, lasts ?? DEFAULT_SECONDS);
  const to = momentsOf(second, from).find((at) => at > from);
  return to === undefined ? null : { from, to };
}

/** When a clock shows a time, around a moment, in order; without a half of the day, either is meant. None for what no clock shows. */
function momentsOf(clock: TypedClock, around: number): number[] {
  const day = new Date(around);
  const [year, month, date] = [day.getFullYear(), day.getMonth(), day.getDate()];
  const all = [-1, 0, 1].flatMap((days) =>
    (['am', 'pm'] as const).flatMap((half) => {
      const seconds = secondsOf(clock, half);
      return seconds === null ? [] : [new Date(year, month, date + days, 0, 0, seconds).getTime()];
    }),
  );
  return all.toSorted((one, other) => one - other);
}
