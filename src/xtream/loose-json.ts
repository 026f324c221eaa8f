/** So many times its length is read of a text, to find JSON in what is around it. */
const MOST_READINGS = 4;
const PAGE = /^\s*<(?:!doctype|html|head|body|title)/i;
const PLAUSIBLE = /^(?:\{\s*["}]|\[\s*[[{"\]])/;
/** Strings, and what else of a broken record needs a look. */
const TOKEN =
  /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|,(?=\s*[\]},])|-?\b(?:NaN|Infinity|undefined|None)\b|\b(?:True|False)\b/g;
const ESCAPE = /\\(?:u[\da-fA-F]{4}|["\\/bfnrt])|\\/g;

/**
 * The JSON in what a PHP panel prints: behind warnings and before them, in a call (JSONP) or a page made of it, with commas
 * too many, NaN, or raw line ends. A page of something else is none, and neither is JSON without its end.
 * @throws SyntaxError
 */
export function parseLooseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const inner = inside(text);
    const value = parsed(mended(inner)) ?? largest(inner);
    if (value === undefined) throw new SyntaxError('no JSON');
    return value;
  }
}

/** What a page consists of, if that is JSON. */
function inside(text: string): string {
  const plain = text.replace(/^\ufeff+/, '').trim();
  if (!PAGE.test(plain)) return plain;
  const inner = plain.replace(/^(?:\s*<[^<>]*>)+/, '').trim();
  if (!/^[[{]/.test(inner)) throw new SyntaxError('a web page');
  return inner.includes('"') ? inner : inner.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** The longest value in a text; undefined where there is none, or one that is cut off. */
function largest(text: string): unknown {
  let best: { readonly length: number; readonly value: unknown } | undefined;
  const beginnings = /[[{]/g;
  for (let read = 0; read < MOST_READINGS * text.length; ) {
    const at = beginnings.exec(text)?.index;
    if (at === undefined) break;
    const end = endOf(text, at);
    read += (end < 0 ? text.length : end) - at;
    if (end < 0) {
      if (!PLAUSIBLE.test(text.slice(at, at + 64))) continue;
      return undefined;
    }
    const value = parsed(mended(text.slice(at, end)));
    if (value === undefined) continue;
    if (!best || end - at > best.length) best = { length: end - at, value };
    beginnings.lastIndex = end;
  }
  if (best) return best.value;
  // Nothing but a word behind the warnings.
  const [, word] = /(?:^|\s)(false|null|"")$/.exec(text.replace(/<[^<>]*>/g, ' ').trim()) ?? [];
  return word && parsed(word);
}

/** Behind the bracket that closes the one at `start`; -1 where there is none. */
function endOf(text: string, start: number): number {
  const marks = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[[\]{}]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    if (mark[0] === '[' || mark[0] === '{') depth++;
    else if (mark[0] === ']' || mark[0] === '}') depth--;
    if (depth === 0) return mark.index + 1;
  }
  return -1;
}

function mended(text: string): string {
  return text.replace(TOKEN, (token) => {
    if (token.startsWith('"')) return mendedString(token);
    if (token === 'True' || token === 'False') return token.toLowerCase();
    return token === ',' ? '' : 'null';
  });
}

function mendedString(token: string): string {
  const text = token.replace(/\p{Cc}/gu, ' ');
  return text.replace(ESCAPE, (mark) => (mark === '\\' ? '' : mark));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
