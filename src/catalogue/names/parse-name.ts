import type { CalledAs } from '../../domain/channel-choice.ts';
import { countryOf, countryOfCode, languageOf } from './countries.ts';
import { foldLetters, joinWords, toLatin } from './fold.ts';
import { digitsForWords } from './numbers.ts';
import { type Codec, type Quality, tagOf, takeTag } from './tags.ts';

/**
 * `plus1` is the channel an hour later and `timeshift` any other delay; both are separate channels. `backup` and `raw` are
 * second feeds of the same channel. A `separator` ("##### FRANCE #####") is not a channel.
 */
export type NameKind = 'plain' | 'backup' | 'raw' | 'plus1' | 'timeshift' | 'separator';

/** The parts of a provider's channel name. */
export interface ParsedName {
  /** The name for people, in its own script, without country, quality and decoration: "CANAL+ SÉRIES". Never empty. */
  readonly name: string;
  /** The name for search, folded to Latin words with single spaces: "canal plus series". Empty only if there are no letters and digits. */
  readonly words: string;
  /** The name for comparison, folded in its own script, without spaces and "and", with digits for numbers: "canalplusseries". */
  readonly key: string;
  /** The code as lists write it ("FR", "UK", "EXYU"); null if neither the name nor the hint tells it. */
  readonly country: string | null;
  readonly quality: Quality | null;
  readonly codec: Codec | null;
  /** An ISO 639 code: the language in the name ("VF"), else of its script, else of its country. */
  readonly language: string | null;
  readonly kind: NameKind;
}

const SIGNS = '|:┃│║✦★☆●•◉◆◇■►▶▎▌»~*=';
/** A mark in brackets or bars: "[FR]", "(FR)", "|FR|", "┃FR┃ -". */
const CLOSED =
  /^(?:\[([^\]|]{1,20})\]|\(([^)|]{1,20})\)|\{([^}|]{1,20})\}|[|┃│║▎]+([^|┃│║▎]{1,20})[|┃│║▎]+)[\s:–—-]*/;
/** A mark before a sign: "FR:", "FR |", "FR ✦", "FR - ", "FR_". */
const SET_OFF = new RegExp(`^([\\p{L}\\p{N}/&+. ]{1,20}?)(?:\\s*[${SIGNS}_]+|\\s*[-–—]+(?=\\s))\\s*`, 'u');
const FLAG = /^([\u{1f1e6}-\u{1f1ff}])([\u{1f1e6}-\u{1f1ff}])\s*/u;
const FIRST_FLAG = 0x1f1e6;
const LABEL = /^(?:vip|ppv|new|live|event|premium)$/i;
const COUNTRY_AT_END = /\s[([]([a-z]{2,4})[)\]]$/i;
/** States of the US and other words that also appear in brackets. */
const NO_COUNTRY_AT_END = new Set([
  'me',
  'ca',
  'in',
  'la',
  'pa',
  'al',
  'ar',
  'co',
  'ga',
  'id',
  'il',
  'ma',
  'mo',
  'mt',
  'nc',
  'ne',
  'sc',
  'sd',
  'va',
  'hd',
  'tv',
  'lat',
  'eu',
]);
/** Superscript letters, as in "ᴴᴰ" and "ᴿᴬᵂ". */
const SMALL = /[\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d9b-\u1dbf\u2c7c\u2c7d\u207f]+/g;
const DECORATION = /(?:\p{So}|[•«»\u200b\u200e\u200f\ufeff]|\ufe0f)+/gu;
const EDGES = /^[\s|:;,._~*=#/\\<>–—-]+|[\s|:;,_~*=#/\\<>–—-]+$/g;
const SEPARATOR =
  /^\s*([#=*~_<>»«▬━═─★☆✦●•◉◆■►▶▼-])\1{1,}.*([#=*~_<>»«▬━═─★☆✦●•◉◆■◄◀▲▼-])\2{1,}\s*$|^\s*#{2,}/u;
const LANGUAGES: readonly [RegExp, string][] = [
  [/\b(?:vf|vff|vostfr|truefrench)\b/i, 'fr'],
  [/[[(](?:eng|english)[)\]]/i, 'en'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Han}/u, 'zh'],
];

/** Languages that share a script: a name in the script is in the country's language if that is in the list. */
const sameScript = new Map([
  ['ru', ['uk', 'bg', 'sr', 'mk', 'be', 'kk', 'mn', 'ky', 'tg']],
  ['zh', ['ja']],
]);

/**
 * Parses a provider's channel name.
 * @param hint the country of the category, for names that tell none. It also shows that "FR TF1" is TF1, which could otherwise
 *   be a name.
 */
export function parseName(raw: string, hint: string | null = null): ParsedName {
  const separator = SEPARATOR.test(raw) || !/[\p{L}\p{N}]/u.test(raw);
  const tidied = tidy(raw);
  const front = takeFront(tidied, hint);
  const found: { quality: Quality | null; codec: Codec | null; kind: 'backup' | 'raw' | null } = {
    quality: front.quality,
    codec: null,
    kind: null,
  };
  let { country } = front;
  let rest = cleanUp(front.rest);
  for (;;) {
    const taken = takeTag(rest);
    const back = taken ? null : takeCountryAtEnd(rest, country);
    if (!taken && !back) break;
    rest = cleanUp(taken?.rest ?? back?.rest ?? '');
    country = back?.country ?? country;
    found.quality ??= taken?.tag.quality ?? null;
    found.codec ??= taken?.tag.codec ?? null;
    found.kind ??= taken?.tag.kind ?? null;
  }
  country ??= hint;
  const name = rest || cleanUp(tidied) || raw.trim();
  return {
    ...keysOf(name),
    country,
    quality: found.quality,
    codec: found.codec,
    language: languageFor(raw, country === null ? null : languageOf(country)),
    kind: separator ? 'separator' : (delayIn(name) ?? found.kind ?? 'plain'),
  };
}

/** A provider's name as if it were called otherwise; its quality, codec, language and kind stay. */
export function calledAs(parsed: ParsedName, { name, country }: CalledAs): ParsedName {
  return { ...parsed, ...keysOf(name), country };
}

/** What a name for people is searched and compared by. */
export function keysOf(name: string): Pick<ParsedName, 'name' | 'words' | 'key'> {
  const letters = foldLetters(name);
  return {
    name,
    words: toLatin(letters),
    key: joinWords(digitsForWords(letters).replaceAll(' and ', ' ')),
  };
}

/** Normalises look-alike letters (NFKC), and makes words of flags and superscript letters. */
function tidy(raw: string): string {
  return raw
    .replace(FLAG, (_match, ...[first, second]: string[]) => `[${flagLetter(first)}${flagLetter(second)}] `)
    .replace(SMALL, (run) => ` ${run.normalize('NFKC').toUpperCase()} `)
    .normalize('NFKC')
    .replace(/&amp;/gi, '&')
    .replace(/&apos;|&#0*39;/gi, "'")
    .trim();
}

interface Front {
  readonly rest: string;
  readonly country: string | null;
  readonly quality: Quality | null;
}

/** Removes up to three marks at the front: "VIP | FR | 4K: TF1". */
function takeFront(text: string, hint: string | null): Front {
  let rest = text.replace(/^[\s★☆✦✧✪●•◉◆◇■►▶⭐🔴🟢]+/u, '');
  let country: string | null = null;
  let quality: Quality | null = null;
  for (let round = 0; round < 3; round++) {
    const closed = CLOSED.exec(rest);
    const match = closed ?? SET_OFF.exec(rest);
    const mark = match
      ?.slice(1)
      .find((group) => group !== undefined)
      ?.trim();
    if (!match || !mark) break;
    const after = rest.slice(match[0].length);
    if (!/[\p{L}\p{N}]/u.test(after)) break;
    // "France - Italie" may be a match, so only a code can be a mark before a dash.
    const place = /[-–—]\s*$/.test(match[0]) && !closed ? countryOfCode(mark) : countryOf(mark);
    const tag = tagOf(mark);
    if (place !== null) country ??= place;
    else if (tag?.quality) quality ??= tag.quality;
    else if (!LABEL.test(mark)) break;
    rest = after;
  }
  if (country === null && hint !== null) {
    const [first = '', ...others] = rest.split(/\s+/);
    if (others.length > 0 && first === first.toUpperCase() && countryOf(first) === hint) {
      return { rest: rest.slice(first.length), country: hint, quality };
    }
  }
  return { rest, country, quality };
}

function takeCountryAtEnd(text: string, known: string | null): { rest: string; country: string } | null {
  const match = COUNTRY_AT_END.exec(text);
  const code = match?.[1] ?? '';
  const country = NO_COUNTRY_AT_END.has(code.toLowerCase()) ? null : countryOfCode(code);
  if (!match || country === null || (known !== null && known !== country)) return null;
  return { rest: text.slice(0, match.index), country };
}

function cleanUp(text: string): string {
  return text
    .replace(DECORATION, ' ')
    .replace(/\[\s*\]|\(\s*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(EDGES, '');
}

/** The delay at the end of a name, such as "+1". A name that is only a digit before it, such as 1+1, has no delay. */
function delayIn(name: string): 'plus1' | 'timeshift' | null {
  if (!/[+(]|time|catch/i.test(name)) return null;
  const delay = /(?:^|[^\d\s].*)\s*[+]\s?(\d{1,2})\s?h?$/i.exec(name)?.[1];
  if (delay !== undefined) return Number(delay) === 1 ? 'plus1' : 'timeshift';
  return /\btime ?shift\b|\bcatch ?up\b|\(\s*-?\d{1,2}\s?h\s*\)$/i.test(name) ? 'timeshift' : null;
}

function languageFor(name: string, ofCountry: string | null): string | null {
  const said = LANGUAGES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  if (said !== null && ofCountry !== null && sameScript.get(said)?.includes(ofCountry)) return ofCountry;
  return said ?? ofCountry;
}

function flagLetter(sign = ''): string {
  return String.fromCharCode(0x41 + (sign.codePointAt(0) ?? FIRST_FLAG) - FIRST_FLAG);
}
