import { countryOf } from '../names/countries.ts';
import { foldWords } from '../names/fold.ts';
import { digitsForWords } from '../names/numbers.ts';
import { parseName } from '../names/parse-name.ts';
import { type Quality, withoutGluedTag } from '../names/tags.ts';

/** One interpretation of the typed text. */
export interface QueryForm {
  /** Folded words. */
  readonly words: string;
  /** The country that was removed from the words; null if there was none. */
  readonly country: string | null;
  /** The factor for a likeness of this form: below 1 if something was removed from the text. */
  readonly worth: number;
  /** True if the text has Latin letters only. */
  readonly isLatin: boolean;
}

/** The interpretations of a typed text. */
export interface Query {
  /** The likeliest form first; empty only for a text without letters and digits. */
  readonly forms: readonly QueryForm[];
  /** The wished quality, as in "tf1 uhd". */
  readonly quality: Quality | null;
  /** The channel number, as in "4". */
  readonly number: number | null;
}

/** The characters of a typed text that are used; no name is longer. */
const LONGEST = 80;
const CHANGED = 0.99;
const WITHOUT_COUNTRY = 0.985;

/** Parses a typed text. @param hasCountry whether the catalogue has channels of a country; only then can a word mean it. */
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

/** Removes a country at the end or the beginning: "tf1 fr", "uk sky news", "sport deutschland". */
function takeCountry(words: string): { readonly rest: string; readonly country: string | null } {
  const list = words.split(' ');
  if (list.length < 2) return { rest: words, country: null };
  const last = countryOf(list.at(-1) ?? '');
  if (last !== null) return { rest: list.slice(0, -1).join(' '), country: last };
  const first = countryOf(list[0] ?? '');
  return { rest: first === null ? words : list.slice(1).join(' '), country: first };
}
