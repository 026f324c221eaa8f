import { AppError } from '../../domain/errors.ts';
import { shorten } from '../../lib/shorten.ts';
import { markOfTime, timeOfMark } from '../time-mark.ts';
import { datesOf, type TypedDay } from './day.ts';
import { type DayPart, foldTimeWord, readTimeFacts, type TimeFacts } from './time-facts.ts';
import { secondsOf, type TypedClock } from './words.ts';

/** From one moment to another, in epoch milliseconds. */
interface Stretch {
  readonly start: number;
  readonly stop: number;
}

/** When to record, as somebody has typed it, on this machine's clock. */
export type RecordTime =
  | { readonly kind: 'now' }
  | ({ readonly kind: 'stretch' } & Stretch)
  /** The programme that fills most of a part of a day, such as the evening. */
  | ({ readonly kind: 'part' } & Stretch)
  /** The programme that begins at about a moment, in epoch milliseconds. */
  | { readonly kind: 'at'; readonly at: number };

/** A way to read a typed text: a time, and what is left without it. */
export interface TimedText {
  readonly text: string;
  readonly time: RecordTime | null;
}

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Words of a text that may name a time. */
const MOST_WORDS = 16;
/** Milliseconds for which a time of day is the one that is over, since its programme runs. */
const LATELY = HOUR;
/** Characters of a typed time that are repeated. */
const LONGEST_TIME = 60;
const halves = ['am', 'pm'] as const;
/** Milliseconds for which a date is the one that is over, since archives may have it. */
const LONG_AGO = 14 * DAY;
/** What is longer over midnight has its end before its beginning. */
const LONGEST_NIGHT = 16 * HOUR;

/** When parts of a day begin and end, in hours since midnight. */
const hoursOf: Readonly<Record<DayPart, readonly [number, number]>> = {
  ...{ morning: [7, 12], afternoon: [13.5, 18], evening: [20.5, 23.5], night: [23.5, 27] },
};

/**
 * The ways to read a typed text, those with most words of a time first; the last is the text as it is. A time is behind a name, in
 * front of it ("ce soir tf1"), or on both sides.
 * @throws AppError record_when, recording_ends_early where it has no other time than one that cannot be
 */
export function timedTexts(typed: string, now: number): TimedText[] {
  const words = typed.normalize('NFC').trim().split(/\s+/);
  const folded = words.length > MOST_WORDS ? [] : words.map(foldTimeWord);
  const found: TimedText[] = [];
  for (const { from, to, isInside } of piecesOf(folded.length)) {
    const timed = (all: readonly string[]) => {
      const others = [...all.slice(0, from), ...all.slice(to)];
      return (isInside ? all.slice(from, to) : others).join(' ');
    };
    const facts = readTimeFacts(timed(folded));
    const time = facts && timeOf(facts, now);
    if (time === null) continue;
    if (typeof time !== 'string')
      found.push({
        text: nameOf(isInside ? [...words.slice(0, from), ...words.slice(to)] : words.slice(from, to)),
        time,
      });
    else if (found.length === 0) throw toError(time, timed(words));
  }
  return [...found, { text: words.join(' '), time: null }];
}

/** Where a time may be: behind or in front of the words from one to another, on both sides, or those words themselves; the longest first. */
function* piecesOf(length: number) {
  for (let count = length; count > 0; count--) {
    for (let from = 0; from <= count; from++) yield { from, to: length - (count - from), isInside: false };
    for (let from = 1; from + count < length; from++) yield { from, to: from + count, isInside: true };
  }
}

/** The end that an option names, where "23:00" is one, or another time. @throws AppError record_when, recording_ends_early */
export function readUntil(typed: string, now: number): RecordTime {
  const facts = readTimeFacts(typed.trim().split(/\s+/).map(foldTimeWord).join(' '));
  const isEnd = facts?.from && !facts.to && facts.lasts === null && !facts.day;
  const time = facts && timeOf(isEnd ? { ...facts, from: null, to: facts.from } : facts, now);
  if (time === null || time === 'unclear' || time === 'early') throw toError(time, typed.trim());
  return time;
}

/** A time in a button, which has no colons. */
export function wordOfRecordTime(time: RecordTime): string {
  switch (time.kind) {
    case 'now':
      return 'now';
    case 'at':
      return `${markOfTime(time.at)}~`;
    case 'stretch':
      return `${markOfTime(time.start)}-${markOfTime(time.stop)}`;
    case 'part':
      return `${markOfTime(time.start)}~${markOfTime(time.stop)}`;
  }
}

/** The time that a button names; null for a text that is none. */
export function recordTimeOfWord(word: string): RecordTime | null {
  if (word === 'now') return { kind: 'now' };
  const [, first = '', sign, second = ''] = /^(@\w+)([-~])(@\w+)?$/.exec(word) ?? [];
  const [start, stop] = [timeOfMark(first), timeOfMark(second)];
  if (start === null) return null;
  if (stop === null) return sign === '~' ? { kind: 'at', at: start } : null;
  return { kind: sign === '~' ? 'part' : 'stretch', start, stop };
}

/** Why pieces of a time are none: no clock or calendar shows it, or its end is before its beginning. */
type Problem = 'unclear' | 'early';

function toError(problem: Problem | null, typed: string): AppError {
  if (problem === 'early') return new AppError('recording_ends_early');
  return new AppError('record_when', { time: shorten(typed, LONGEST_TIME) });
}

/** What is meant at a moment; null where the pieces do not belong together. */
function timeOf(facts: TimeFacts, now: number): RecordTime | Problem | null {
  const { day, part, from, to, lasts, delay, isNow } = facts;
  if (to && lasts !== null) return null;
  if (lasts === 0) return 'unclear';
  if (from || day || part) return isNow || delay !== null ? null : timeOfDay(facts, now);
  if (isNow && delay !== null) return null;
  const start = now + (delay ?? 0) * SECOND;
  if (lasts !== null) return { kind: 'stretch', start, stop: start + lasts * SECOND };
  if (!to) return isNow ? { kind: 'now' } : { kind: 'at', at: start };
  const stop = endOf(to, facts.lastDay, start);
  return stop === null ? 'unclear' : { kind: 'stretch', start, stop };
}

/** What is meant by a day, a part of it, or a time of day. */
function timeOfDay(
  { day, part, from, to, lastDay, lasts }: TimeFacts,
  now: number,
): RecordTime | Problem | null {
  const since = day?.kind === 'date' ? now - LONG_AGO : now;
  if (!from && (lasts !== null || (to && !part))) return null;
  const [usual, end] = hoursOf[part ?? 'evening'];
  const clocks = from ? clocksOf(from, to, part) : { from: usual * 3600, to: end * 3600 };
  const all = clocks
    ? datesOf(day, now).map((date) => {
        const start = momentOf(date, clocks.from);
        if (lasts !== null) return { start, stop: start + lasts * SECOND };
        if (to && (lastDay || !from)) return { start, stop: endOf(to, lastDay, start) ?? 0 };
        const stop = momentOf(date, clocks.to);
        return { start, stop: stop >= start ? stop : momentOf(date, clocks.to + DAY / SECOND) };
      })
    : [];
  const isPoint = from !== null && to === null && lasts === null;
  const first = all.find(({ stop }) => stop > since - (isPoint && !day ? LATELY : 0)) ?? all.at(-1);
  if (!first) return 'unclear';
  const { start, stop } = first;
  if (isPoint) return { kind: 'at', at: start };
  const isOverMidnight =
    lasts === null && !lastDay && new Date(start).getDate() !== new Date(stop - 1).getDate();
  if (stop <= start || (isOverMidnight && stop - start > LONGEST_NIGHT)) return 'early';
  return { kind: from || to ? 'stretch' : 'part', start, stop };
}

/** When a time of day comes after a moment, on a day or on any; null where no clock or calendar shows it. */
function endOf(to: TypedClock, day: TypedDay | null, after: number): number | null {
  const seconds = secondsOf(to);
  if (seconds === null) return null;
  const moments = datesOf(day, after).map((date) => momentOf(date, seconds));
  return moments.find((moment) => moment > after) ?? null;
}

/**
 * The seconds since midnight of a beginning and its end; where only one tells the half of the day, they are as near as can be.
 * The end is the beginning where there is none. Null for what no clock shows.
 */
function clocksOf(
  from: TypedClock,
  to: TypedClock | null,
  part: DayPart | null,
): { readonly from: number; readonly to: number } | null {
  const usual = part === null || part === 'night' ? null : part === 'morning' ? 'am' : 'pm';
  const isHalved = usual !== null || from.half !== null || to?.half != null;
  const begins: readonly TypedClock['half'][] = usual !== null || !isHalved || from.half ? [usual] : halves;
  const ends: readonly TypedClock['half'][] = isHalved ? halves : [null];
  const distance = (one: number, other: number) => (other - one + DAY / SECOND) % (DAY / SECOND);
  const pairs = begins.flatMap((half) => {
    const begin = secondsOf(from, half);
    if (begin === null || !to) return begin === null ? [] : [{ from: begin, to: begin }];
    return ends.flatMap((half2) => {
      const end = secondsOf(to, half2);
      return end === null ? [] : [{ from: begin, to: end }];
    });
  });
  return pairs.toSorted((a, b) => distance(a.from, a.to) - distance(b.from, b.to))[0] ?? null;
}

/** A time of day on this machine's clock, also where it is put forward or back that day. @param date a midnight */
function momentOf(date: Date, seconds: number): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), 0, 0, seconds).getTime();
}

/** What is left of a text without its time: "sur tf1," is "tf1". */
function nameOf(words: readonly string[]): string {
  return words
    .join(' ')
    .replace(/^(?:sur|on)\s+/iu, '')
    .replace(/[\s,;:]+$/, '');
}
