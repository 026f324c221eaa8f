/** What follows a tag such as `#EXTINF:-1`. */
export interface AttributedText {
  /** By name in lower case; of a name that comes twice, the first value that is not empty. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The text behind the attributes, which is the name of an entry; may be empty. */
  readonly rest: string;
}

const KEY = /[a-z][\w.:-]*(?=\s*=)/iy;
const EQUALS = /\s*=(?:\s*(?=["']))?/y;
const NEXT_KEY = /\s[a-z][\w.:-]*=/gi;
const NEXT_QUOTED = /\s[a-z][\w.:-]*=["']/gi;
const QUOTED_FIRST = /\s*[a-z][\w.:-]*=["']/iy;
/** What may follow the end of a quoted value. */
const AFTER_VALUE = /\s*(?:,|$|[a-z][\w.:-]*\s*=)/iy;
const BLANKS = /\s*/y;
const WORD = /[^\s,]*/y;

/** Enough for every dialect; the work for a line is bounded by it. */
const MOST_ATTRIBUTES = 48;

/**
 * Reads `a="b" c='d' e=f,Name, with commas`. Nothing escapes a quote in these lists: a quote ends a value where another
 * attribute, the comma or the end follows, and a value without its last quote ends where the next quoted one begins.
 */
export function readAttributes(text: string): AttributedText {
  const attributes = new Map<string, string>();
  const strayWords: string[] = [];
  let at = skip(BLANKS, text, 0);
  for (let count = 0; at < text.length && count < MOST_ATTRIBUTES; ) {
    if (text[at] === ',') {
      // Some lists have a comma before the attributes too.
      if (!matches(QUOTED_FIRST, text, at + 1)) return { attributes, rest: text.slice(at + 1).trim() };
      at = skip(BLANKS, text, at + 1);
      continue;
    }
    count++;
    const key = matches(KEY, text, at);
    if (key === null) {
      const word = matches(WORD, text, at) ?? '';
      strayWords.push(word);
      at = skip(BLANKS, text, at + Math.max(1, word.length));
      continue;
    }
    const value = readValue(text, skip(EQUALS, text, at + key.length));
    const name = key.toLowerCase();
    if (!attributes.get(name)) attributes.set(name, value.text);
    at = skip(BLANKS, text, value.end);
  }
  // The comma before the name is missing, or there are far too many attributes.
  return { attributes, rest: at < text.length ? afterComma(text, at) : strayWords.join(' ') };
}

interface Value {
  readonly text: string;
  /** The index behind the value and its quote. */
  readonly end: number;
}

function readValue(text: string, from: number): Value {
  const quote = text[from];
  return quote === '"' || quote === "'" ? quoted(text, from + 1, quote) : bare(text, from);
}

function quoted(text: string, from: number, quote: string): Value {
  const next = find(NEXT_QUOTED, text, from);
  let first = -1;
  for (let at = text.indexOf(quote, from); at >= 0 && at <= next; at = text.indexOf(quote, at + 1)) {
    if (first < 0) first = at;
    if (matches(AFTER_VALUE, text, at + 1) !== null)
      return { text: text.slice(from, at).trim(), end: at + 1 };
  }
  if (first >= 0) return { text: text.slice(from, first).trim(), end: first + 1 };
  const comma = text.indexOf(',', from);
  const end = next < text.length || comma < 0 ? next : comma;
  return { text: text.slice(from, end).trim(), end };
}

/** A value without quotes may contain blanks if a comma shows where the name begins. */
function bare(text: string, from: number): Value {
  const comma = text.indexOf(',', from);
  const blank = text.slice(from).search(/\s/);
  const stop = comma >= 0 ? comma : blank >= 0 ? from + blank : text.length;
  const end = Math.min(stop, find(NEXT_KEY, text, from));
  return { text: text.slice(from, Math.max(from, end)).trim(), end: Math.max(from, end) };
}

function afterComma(text: string, at: number): string {
  const comma = text.indexOf(',', at);
  return text.slice(comma < 0 ? at : comma + 1).trim();
}

/** The match of a sticky pattern; null if there is none. */
function matches(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function skip(pattern: RegExp, text: string, at: number): number {
  return at + (matches(pattern, text, at)?.length ?? 0);
}

/** The index of the first match of a global pattern; the text's length if there is none. */
function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = Math.max(0, from);
  return pattern.exec(text)?.index ?? text.length;
}
