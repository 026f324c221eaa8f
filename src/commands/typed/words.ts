import { TypoDistance } from '../../lib/typo-distance.ts';

/** A clock time as it was typed: "21h30", "9 pm", "midnight". */
export interface TypedClock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly half: 'am' | 'pm' | null;
  /** Nothing but digits tells that it is a time. */
  readonly isBare: boolean;
}

const SECONDS = { hour: 3600, minute: 60 } as const;
const numbers: Readonly<Record<string, number>> = {
  ...{ un: 1, une: 1, a: 1, an: 1, one: 1, deux: 2, two: 2, trois: 3, three: 3, quatre: 4, four: 4 },
  ...{ cinq: 5, five: 5, six: 6, dix: 10, ten: 10, quinze: 15, fifteen: 15, vingt: 20, twenty: 20 },
  ...{ trente: 30, thirty: 30, quarante: 40, forty: 40 },
};
const COUNT = String.raw`(\d{1,4}(?:[.,]\d)?|${Object.keys(numbers).join('|')})`;
const hours = new RegExp(
  String.raw`${COUNT}\s?(?:heures?|hours?|hrs?|h)(?:\s?(?:et |and )?(demie?|a half|\d{1,2})\s?(?:minutes?|mins?|mn|m)?)?(?![a-z\d:.'])`,
  'y',
);
const minutes = new RegExp(
  String.raw`${COUNT}\s?(?:minutes?|mins?|mn|m|'|′)(?:\s?(?:et |and )?(\d{1,2})\s?(?:secondes?|seconds?|secs?|s)?)?(?![a-z\d'])`,
  'y',
);
const seconds = new RegExp(String.raw`${COUNT}\s?(?:secondes?|seconds?|secs?|s|"|″)(?![a-z\d])`, 'y');
const half = /(?:une |1\/2 )?demie?[- ]?(heure|minute)|half an? (hour|minute)/y;

/** Reads a typed text from its beginning on, a pattern at a time. Patterns are sticky. */
export class TypedWords {
  readonly text: string;
  at = 0;

  /** @param text as of `foldTyped` */
  constructor(text: string) {
    this.text = text;
  }

  /** Whether all has been read but what changes nothing. */
  get isRead(): boolean {
    this.take(/(?:[\s,;.!?()]|(?:please|svp|stp|merci)(?![a-z]))+/y);
    return this.at >= this.text.length;
  }

  /** What has not been read yet. */
  get rest(): string {
    return this.text.slice(this.at);
  }

  /** What a pattern finds here, which is read then; null where it finds nothing. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  /** What `read` finds here; where that is nothing, nothing is read. */
  try<T>(read: () => T | null): T | null {
    const before = this.at;
    const found = read();
    if (found === null) this.at = before;
    return found;
  }

  /** What `read` finds here; nothing is read. */
  peek<T>(read: () => T): T {
    const before = this.at;
    const found = read();
    this.at = before;
    return found;
  }

  /** A clock time, which may be one that no clock shows. */
  clock(): TypedClock | null {
    if (this.take(/(?:midnight|minuit)(?![a-z])/y)) return named(24);
    if (this.take(/(?:noon|midday|midi)(?![a-z])/y)) return named(12);
    return this.try(() => {
      const hour = this.take(/(\d{1,2})(?!\d)/y)?.[1];
      if (hour === undefined) return null;
      const split = this.take(/\s?[h:.]\s?(\d{2})(?::(\d{2}))?(?!\d|\s?(?:h|min|mn)(?![a-z]))/y);
      const isUnit = !split && this.take(/\s?(?:heures?|hours?|hrs?|h|o'?clock)(?![a-z\d])/y) !== null;
      const half = this.#half();
      if (this.take(/[a-z\d]/y)) return null;
      const [, minute = '0', second = '0'] = split ?? [];
      return {
        ...{ hour: Number(hour), minute: Number(minute), second: Number(second), half },
        isBare: !split && !isUnit && half === null,
      };
    });
  }

  /** A length of time, in seconds: "1h30", "90 min", "half an hour". */
  length(): number | null {
    const [isHalf, unit, unit2] = this.take(half) ?? [];
    if (isHalf !== undefined) return ((unit ?? unit2)?.startsWith('h') ? SECONDS.hour : SECONDS.minute) / 2;
    const [, ofHours, rest = '0'] = this.take(hours) ?? [];
    if (ofHours !== undefined) {
      const more = /^\d/.test(rest) ? Number(rest) : 30;
      return toNumber(ofHours) * SECONDS.hour + more * SECONDS.minute;
    }
    const [, ofMinutes, odd = '0'] = this.take(minutes) ?? [];
    if (ofMinutes !== undefined) return toNumber(ofMinutes) * SECONDS.minute + Number(odd);
    const [, ofSeconds] = this.take(seconds) ?? [];
    return ofSeconds === undefined ? null : toNumber(ofSeconds);
  }

  #half(): TypedClock['half'] {
    const [, letter] = this.take(/\s?([ap])\.?m\b\.?/y) ?? [];
    if (letter !== undefined) return letter === 'a' ? 'am' : 'pm';
    if (this.take(/\s(?:du matin|in the morning)(?![a-z])/y)) return 'am';
    const isLate = this.take(
      /\s(?:du soir|de l'apres[- ]midi|in the (?:evening|afternoon)|at night)(?![a-z])/y,
    );
    return isLate ? 'pm' : null;
  }
}

/**
 * Seconds since midnight; null for what no clock shows.
 * @param usual the half of the day where the time does not tell it.
 */
export function secondsOf(clock: TypedClock, usual: TypedClock['half'] = null): number | null {
  const { hour, minute, second } = clock;
  const half = clock.half ?? (hour >= 1 && hour <= 12 ? usual : null);
  if (hour > (half ? 12 : 24) || minute > 59 || second > 59) return null;
  const ofDay = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour;
  return ofDay * SECONDS.hour + minute * SECONDS.minute + second;
}

/** A text in lower case and without accents, with plain apostrophes and dashes. */
export function foldTyped(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[’‘ʼ´`]/g, "'")
    .replace(/[‐-―−]/g, '-')
    .replace(/[-=]?>|→/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The word of a vocabulary that somebody has typed with one mistake; null where it is none. Short words have no mistakes. */
export function misspelt(typed: string, vocabulary: readonly string[]): string | null {
  if (typed.length < SHORTEST_MISSPELT || vocabulary.includes(typed) || !/^[a-z']+$/.test(typed)) return null;
  const distance = new TypoDistance(typed);
  const alike = vocabulary.find((word) => {
    if (word.length <= SHORTEST_MISSPELT) return false;
    distance.measure(word);
    return distance.whole === 1;
  });
  return alike ?? null;
}

const SHORTEST_MISSPELT = 5;

function named(hour: number): TypedClock {
  return { hour, minute: 0, second: 0, half: null, isBare: false };
}

function toNumber(text: string): number {
  return numbers[text] ?? Number(text.replace(',', '.'));
}
