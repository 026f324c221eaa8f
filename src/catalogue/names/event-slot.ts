import { countryOf } from './countries.ts';
import { parseName } from './parse-name.ts';
import { tagOf } from './tags.ts';

/** What a name of a numbered series says after its number. */
export interface EventSlot {
  /** What all names of the series have in common: the same text. */
  readonly series: string;
  readonly number: number;
  /**
   * What follows the number and a sign: empty for "PPV 07:", "Fury - Usyk" for "PPV 07: Fury - Usyk"; null for "PPV 07", with
   * nothing after the number.
   */
  readonly text: string | null;
}

const SHORTEST_STEM = 3;
const SIGN_BEHIND_DIGIT = /\d[)\]]?\s*[:|┃│–—-]/;
/** The first number of up to three digits that a sign follows, which is not the colon of a time of day. */
const SIGNED = /^(.*?\p{L}.*?\d{1,3}[)\]]?)\s*(?::(?!\d)|[|┃│]|[-–—]+(?=\s|$))[\s:|┃│–—-]*(.*)$/u;
const NUMBER_AT_END = /^(.*\D)?(\d{1,3})$/;

/**
 * Reads a name as one of a numbered series: "PPV 07: Fury - Usyk", "EVENT 3 | NO EVENT TODAY", "Sky Sports Event 2 |". Whether
 * the series is one of events is not in a single name. Null if there is no number.
 * @param key and country as `parseName` reads them from the name.
 */
export function eventSlotOf(raw: string, key: string, country: string | null): EventSlot | null {
  if (!SIGN_BEHIND_DIGIT.test(raw)) return slotAt(key, country, null);
  const [, head = '', text = ''] = SIGNED.exec(raw.trim()) ?? [];
  const words = text.split(/[^\p{L}\p{N}+]+/u).filter((word) => word !== '');
  const isTag = words.length > 0 && words.every((word) => tagOf(word) !== null || countryOf(word) !== null);
  if (head === '' || isTag) return slotAt(key, country, null);
  return slotAt(parseName(head, country).key, country, text.trim());
}

function slotAt(key: string, country: string | null, text: string | null): EventSlot | null {
  const [, stem = '', digits = ''] = NUMBER_AT_END.exec(key) ?? [];
  // There are a TV 1 to a TV 10 in the world, and none of them is for events.
  return stem.length < SHORTEST_STEM
    ? null
    : { series: `${stem} ${country ?? ''}`, number: Number(digits), text };
}
