import type { TypedWords } from './words.ts';

/** A day as it was typed. */
export type TypedDay =
  /** So many days after today. */
  | { readonly kind: 'offset'; readonly days: number }
  /** From 0, which is Sunday. `isNext`: not today. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly isNext: boolean }
  /** A month from 0. Null where it is not told. */
  | {
      readonly kind: 'date';
      readonly day: number;
      readonly month: number | null;
      readonly year: number | null;
    };

const weekdays = [
  ['sunday', 'dimanche', 'sun', 'dim'],
  ['monday', 'lundi', 'mon', 'lun'],
  ['tuesday', 'mardi', 'tues', 'tue', 'mar'],
  ['wednesday', 'mercredi', 'wed', 'mer'],
  ['thursday', 'jeudi', 'thurs', 'thur', 'thu', 'jeu'],
  ['friday', 'vendredi', 'fri', 'ven'],
  ['saturday', 'samedi', 'sat', 'sam'],
] as const;
const months = [
  ['january', 'janvier', 'jan', 'janv'],
  ['february', 'fevrier', 'feb', 'fev', 'fevr'],
  ['march', 'mars', 'mar'],
  ['april', 'avril', 'apr', 'avr'],
  ['may', 'mai'],
  ['june', 'juin', 'jun'],
  ['july', 'juillet', 'jul', 'juil'],
  ['august', 'aout', 'aug'],
  ['september', 'septembre', 'sept', 'sep'],
  ['october', 'octobre', 'oct'],
  ['november', 'novembre', 'nov'],
  ['december', 'decembre', 'dec'],
] as const;
const offsets: Readonly<Record<string, number>> = {
  ...{ today: 0, "aujourd'hui": 0, aujourdhui: 0, tomorrow: 1, demain: 1, yesterday: -1, hier: -1 },
};

/** The whole words for days. */
export const dayWords: readonly string[] = [
  ...weekdays.map(([english]) => english),
  ...weekdays.map(([, french]) => french),
  ...Object.keys(offsets),
];

const longNames = weekdays.map(([english, french]) => `${english}|${french}`).join('|');
const shortNames = weekdays.flatMap((names) => names.slice(2)).join('|');
const monthNames = months
  .flat()
  .toSorted((one, other) => other.length - one.length)
  .join('|');
const offset = new RegExp(`(${Object.keys(offsets).join('|')})(?![a-z])`, 'y');
const dayAfter = /(?:the )?day after tomorrow(?![a-z])|apres[- ]?demain(?![a-z])/y;
const weekday = new RegExp(
  `(?:(?:on|ce|le|de|du|this|(next|prochain)) )?(?:(${longNames})(?![a-z])|(${shortNames})\\.?(?= (?:at |a )?\\d))( prochain)?`,
  'y',
);
const named = new RegExp(
  String.raw`(?:(?:on|le) )?(?:(\d{1,2})(?:er|st|nd|rd|th)? (?:of )?(${monthNames})|(${monthNames})\.? (\d{1,2})(?:st|nd|rd|th)?)\.?(?:,? (\d{4}))?(?![a-z\d:])`,
  'y',
);
const iso = /(\d{4})-(\d{2})-(\d{2})(?!\d)/y;
const slashed = /(?:(?:on|le) )?(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d/])/y;
const ofMonth = /le (\d{1,2})(?:er)?(?![\w:.])/y;

/** Reads a day; null where there is none. Of numbers, the day comes before the month. */
export function readDay(words: TypedWords): TypedDay | null {
  if (words.take(dayAfter)) return { kind: 'offset', days: 2 };
  const [, days] = words.take(/(?:in|dans) (\d{1,2}) (?:days?|jours?)(?![a-z])/y) ?? [];
  if (days !== undefined) return { kind: 'offset', days: Number(days) };
  const [, near] = words.take(offset) ?? [];
  if (near !== undefined) return { kind: 'offset', days: offsets[near] ?? 0 };
  const [, before, long, short, behind] = words.take(weekday) ?? [];
  const name = long ?? short;
  if (name !== undefined) {
    const found = weekdays.findIndex((names) => names.some((each) => each === name));
    // "Saturday 5 December" is the date.
    words.take(/ (?=\d{1,2}(?:er|st|nd|rd|th)? [a-z]{3}|\d{1,2}\/\d)/y);
    const date = readDate(words);
    if (date) return date;
    return { kind: 'weekday', weekday: found, isNext: (before ?? behind) !== undefined };
  }
  return readDate(words);
}

function readDate(words: TypedWords): TypedDay | null {
  const [, day, month, month2, day2, year] = words.take(named) ?? [];
  const called = month ?? month2;
  if (called !== undefined)
    return {
      ...{ kind: 'date', day: Number(day ?? day2), year: year === undefined ? null : Number(year) },
      month: months.findIndex((names) => names.some((each) => each === called)),
    };
  const [, isoYear, isoMonth, isoDay] = words.take(iso) ?? [];
  if (isoDay !== undefined)
    return { kind: 'date', day: Number(isoDay), month: Number(isoMonth) - 1, year: Number(isoYear) };
  const [, first, second, third] = words.take(slashed) ?? [];
  if (first !== undefined)
    return {
      ...{ kind: 'date', day: Number(first), month: Number(second) - 1 },
      year: third === undefined ? null : Number(third) + (third.length === 2 ? 2000 : 0),
    };
  const [, only] = words.take(ofMonth) ?? [];
  return only === undefined ? null : { kind: 'date', day: Number(only), month: null, year: null };
}

/**
 * The dates that a day may be, the soonest first, as midnights on this machine's clock; none where the calendar has no such day.
 * @param day null for any, from yesterday on, whose night may not be over
 */
export function datesOf(day: TypedDay | null, now: number): Date[] {
  const today = new Date(now);
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  if (!day) return [-1, 0, 1, 2].map((later) => new Date(year, month, date + later));
  switch (day.kind) {
    case 'offset':
      return [new Date(year, month, date + day.days)];
    case 'weekday': {
      const ahead = (day.weekday - today.getDay() + 7) % 7;
      const soonest = ahead === 0 && day.isNext ? 7 : ahead;
      return [new Date(year, month, date + soonest), new Date(year, month, date + soonest + 7)];
    }
    case 'date': {
      const given = day.year;
      const all =
        day.month === null
          ? [0, 1, 2].map((later) => new Date(year, month + later, day.day))
          : [0, 1].map((later) => new Date(given ?? year + later, day.month ?? 0, day.day));
      return (given === null ? all : all.slice(0, 1)).filter(
        (each) => each.getDate() === day.day && (day.month === null || each.getMonth() === day.month),
      );
    }
  }
}
