import { countryOf } from '../names/countries.ts';
import { foldWords } from '../names/fold.ts';
import { digitsForWords } from '../names/numbers.ts';
import { parseName } from '../names/parse-name.ts';
import { type Quality, withoutGluedTag } from '../names/tags.ts';

/** One way to understand what was typed. */
export interface QueryForm {
  /** Folded words. */
  readonly words: string;
  /** The country that was taken out of the words; null when there was none. */
  readonly country: string | null;
  /** What a likeness of this form is worth: below 1 when something was taken out. */
  readonly worth: number;
  /** Typed in Latin letters. */
  readonly isLatin: boolean;
}

export interface Query {
  /** At least one, unless nothing but signs was typed; the likeliest first. */
  readonly forms: readonly QueryForm[];
  /** "tf1 uhd": the variant that is wanted. */
  readonly quality: Quality | null;
  /** "4": a channel's number. */
  readonly number: number | null;
}

/** Longer than any name that anybody types. */
const LONGEST = 80;
const CHANGED = 0.99;
const WITHOUT_COUNTRY = 0.985;

/** `hasCountry` says whether the catalogue has channels of a country: only then can a word mean one. */
export function parseQuery(typed: string, hasCountry: (country: string) => boolean): Query {
  const text = typed.trim().slice(0, LONGEST);
  const isLatin = !/[^\p{Script=Latin}\P{L}]/u.test(text);
  const forms = new Map<string, QueryForm>();
  const add = (words: string, country: string | null, worth: number) => {
    for (const [form, value] of [
      [words, worth],
      [digitsForWords(words), worth * CHANGED],
    ] as const) {
      const id = `${form}|${country ?? ''}`;
      if (form !== '' && !forms.has(id)) forms.set(id, { words: form, country, worth: value, isLatin });
    }
  };
  const typedWords = foldWords(text);
  add(typedWords, null, 1);
  const parsed = parseName(text);
  const glued = withoutGluedTag(parsed.words);
  const words = glued?.rest ?? parsed.words;
  add(words, parsed.country, CHANGED);
  if (parsed.country !== null) add(words, null, CHANGED);
  const { rest, country } = takeCountry(words);
  if (country !== null && hasCountry(country)) add(rest, country, WITHOUT_COUNTRY);
  return {
    forms: [...forms.values()],
    quality: parsed.quality ?? glued?.tag.quality ?? null,
    number: /^\d{1,7}$/.test(text) ? Number(text) : null,
  };
}

/** "tf1 fr", "uk sky news", "sport deutschland". */
function takeCountry(words: string): { readonly rest: string; readonly country: string | null } {
  const list = words.split(' ');
  if (list.length < 2) return { rest: words, country: null };
  const last = countryOf(list.at(-1) ?? '');
  if (last !== null) return { rest: list.slice(0, -1).join(' '), country: last };
  const first = countryOf(list[0] ?? '');
  return { rest: first === null ? words : list.slice(1).join(' '), country: first };
}
