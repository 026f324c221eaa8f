/** The search for JSON within other text reads at most this many times the text's length. */
const MOST_READINGS = 4;
const PAGE = /^\s*<(?:!doctype|html|head|body|title)/i;
const PLAUSIBLE = /^(?:\{\s*["}]|\[\s*[[{"\]])/;
/** Matches strings and the invalid tokens that are repaired. */
const TOKEN =
  /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|,(?=\s*[\]},])|-?\b(?:NaN|Infinity|undefined|None)\b|\b(?:True|False)\b/g;
const ESCAPE = /\\(?:u[\da-fA-F]{4}|["\\/bfnrt])|\\/g;

/**
 * Parses the JSON that a PHP panel prints: between warnings, in a JSONP call or a web page, with extra commas, NaN or raw line
 * ends. Other web pages and truncated JSON are rejected.
 * @throws SyntaxError
 */
export function parseLooseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const inner = withoutPage(text);
    const value = parsed(mended(inner)) ?? longestValue(inner);
    if (value === undefined) throw new SyntaxError('no JSON');
    return value;
  }
}

/** The text without the web page around it. @throws SyntaxError if the page's content is not JSON */
function withoutPage(text: string): string {
  const plain = text.replace(/^\ufeff+/, '').trim();
  if (!PAGE.test(plain)) return plain;
  const inner = plain.replace(/^(?:\s*<[^<>]*>)+/, '').trim();
  if (!/^[[{]/.test(inner)) throw new SyntaxError('a web page');
  return inner.includes('"') ? inner : inner.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** The longest JSON value in a text; undefined if there is none, or if one is truncated. */
function longestValue(text: string): unknown {
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
  // Only a literal follows the warnings.
  const [, word] = /(?:^|\s)(false|null|"")$/.exec(text.replace(/<[^<>]*>/g, ' ').trim()) ?? [];
  return word && parsed(word);
}

/** The index after the bracket that closes the bracket at `start`; -1 if none does. */
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
