import { dayWords, readDay, type TypedDay } from './day.ts';
import { foldTyped, misspelt, type TypedClock, TypedWords } from './words.ts';

/** A part of a day. */
export type DayPart = 'morning' | 'afternoon' | 'evening' | 'night';

/** What somebody has typed of a time to record. Lengths are in seconds. */
export interface TimeFacts {
  readonly day: TypedDay | null;
  readonly part: DayPart | null;
  readonly from: TypedClock | null;
  readonly to: TypedClock | null;
  /** The day of the end. */
  readonly lastDay: TypedDay | null;
  readonly lasts: number | null;
  /** From now until it begins. */
  readonly delay: number | null;
  readonly isNow: boolean;
}

const nothing: TimeFacts = {
  ...{ day: null, part: null, from: null, to: null, lastDay: null, lasts: null, delay: null, isNow: false },
};
const someClock: TypedClock = { hour: 0, minute: 0, second: 0, half: null, isBare: false };
const parts: readonly { readonly pattern: RegExp; readonly part: DayPart }[] = [
  { pattern: /(?:morning|matin(?:ee)?)(?![a-z])/y, part: 'morning' },
  { pattern: /(?:afternoon|apres[- ]?midi|aprem)(?![a-z])/y, part: 'afternoon' },
  // "Saturday night" is when films are shown.
  { pattern: /(?:evening|night|soir(?:ee)?)(?![a-z])/y, part: 'evening' },
  { pattern: /nuit(?![a-z])/y, part: 'night' },
];
/** Words that are often typed with a mistake. */
const vocabulary: readonly string[] = [
  ...dayWords,
  ...['tonight', 'evening', 'morning', 'afternoon', 'midnight', 'minuit', "jusqu'a", 'pendant', 'minutes'],
  ...['heures', 'maintenant', 'between'],
];

/** The words as `readTimeFacts` takes them, without mistakes in those that name a time. */
export function foldTimeWord(word: string): string {
  const folded = foldTyped(word);
  return misspelt(folded, vocabulary) ?? folded;
}

/** What a text says of a time; null where it says anything else. @param text of words as of `foldTimeWord` */
export function readTimeFacts(text: string): TimeFacts | null {
  const words = new TypedWords(text);
  let facts = nothing;
  while (!words.isRead) {
    const known = facts;
    const more = items.reduce<Facts | null>(
      (found, read) => found ?? words.try(() => read(words, known)),
      null,
    );
    if (!more) return null;
    facts = { ...known, ...more };
  }
  return facts === nothing ? null : facts;
}

type Facts = Partial<TimeFacts>;

/** Each reads a piece of a time that is not known yet; null where there is none. */
const items: readonly ((words: TypedWords, known: TimeFacts) => Facts | null)[] = [
  readNow,
  (words, { delay }) =>
    delay === null && words.take(/(?:in|dans) /y) ? toFacts('delay', words.length()) : null,
  (words, { lasts }) =>
    lasts === null && words.take(/(?:for|pendant|durant|during|sur) /y)
      ? toFacts('lasts', words.length())
      : null,
  readEnd,
  readPart,
  (words, { day }) => (day === null ? toFacts('day', readDay(words)) : null),
  readLength,
  readStart,
];

function readNow(words: TypedWords, { isNow }: TimeFacts): Facts | null {
  const found = words.take(
    /(?:right now|now|maintenant|tout de suite|until the end|jusqu'?a la fin)(?![a-z])/y,
  );
  return found && !isNow ? { isNow: true } : null;
}

/** "until 23h"; behind a beginning also "to 11pm", "à 23h", "- 23h". */
function readEnd(words: TypedWords, { from, to }: TimeFacts): Facts | null {
  const isNamed = words.take(/(?:until|till|til|jusqu'? ?a|jusqu'|jusque|d'ici) ?/y) !== null;
  const isDash = !isNamed && words.take(/- ?/y) !== null;
  const isBehind = !isNamed && !isDash && from !== null && words.take(/(?:to|a|et|and) |\/ ?/y) !== null;
  if (to || !(isNamed || isDash || isBehind)) return null;
  const lastDay = readDay(words);
  if (lastDay) words.take(/ (?:at |a )?/y);
  const end = words.clock();
  return end && !(end.isBare && isDash && from === null) ? { to: end, lastDay } : null;
}

/** "tonight", "this evening"; "evening" alone is in names, too, and counts behind a day. */
function readPart(words: TypedWords, { day, part }: TimeFacts): Facts | null {
  if (part !== null) return null;
  if (words.take(/last night(?![a-z])/y)) return { part: 'evening', day: { kind: 'offset', days: -1 } };
  if (words.take(/(?:tonight|(?:en )?prime[- ]?time|en prime)(?![a-z])/y)) return { part: 'evening' };
  const isClear = words.take(/(?:this|in the|all|toute la|ce|cet|cette) /y) !== null || day !== null;
  const found = parts.find(({ pattern }) => words.take(pattern));
  return found && isClear ? { part: found.part } : null;
}

/** "90 min", and "1h30" where nothing makes that a time of day. */
function readLength(words: TypedWords, known: TimeFacts): Facts | null {
  const { day, part, from, lasts } = known;
  const isHours = /^\d+ ?h/.test(words.rest);
  const isTimed = from === null && (day !== null || part !== null);
  if (lasts !== null || (isHours && (isTimed || !/^[1-4] ?h/.test(words.rest)))) return null;
  const length = words.length();
  return length === null || (isHours && hasEnd(words, someClock)) ? null : { lasts: length };
}

/** "21h", "at 9pm", "from 9" of "from 9 to 11pm"; behind a beginning, an end without any word. */
function readStart(words: TypedWords, { from, to }: TimeFacts): Facts | null {
  const [glue = '', word = ''] =
    words.take(/(from|between|starting at|starting|entre|des|de|a partir de|at|a|vers|around|about|@) ?/y) ??
    [];
  const isTight = /^\d{1,2}-\d{1,2}(?:[:.]\d{2})? ?[ap]\.?m/.test(words.rest);
  const clock = words.clock();
  if (!clock || (from && (to || glue !== ''))) return null;
  if (from) return clock.isBare ? null : { to: clock };
  const isAlone = /^(?:at|a|from|vers|around|about|starting|starting at|a partir de|@)$/.test(word);
  const isOfRange = isTight || (glue !== '' && hasEnd(words, clock));
  return clock.isBare && !isAlone && !isOfRange ? null : { from: clock };
}

/** Whether an end follows. Nothing is read. */
function hasEnd(words: TypedWords, from: TypedClock): boolean {
  return words.peek(() => {
    words.take(/ /y);
    return readEnd(words, { ...nothing, from }) !== null;
  });
}

function toFacts<Name extends 'day' | 'delay' | 'lasts'>(name: Name, value: TimeFacts[Name]): Facts | null {
  return value === null ? null : { [name]: value };
}
