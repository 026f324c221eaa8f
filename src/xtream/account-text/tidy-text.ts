const INVISIBLE = /\ufe0f|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd]/g;
/** The pairs that people and mail programs put around a value. */
const pairs: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['<', '>'],
  ['[', ']'],
];

/**
 * Undoes what word processors, keyboards and mails do to access data: invisible characters, full-width letters, typographic
 * quotes and dashes, no-break spaces.
 */
export function tidyText(raw: string): string {
  return raw
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/[^\P{Cc}\t\n]/gu, ' ')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐-―−]/g, '-')
    .replaceAll('。', '.')
    .trim();
}

/** Removes the quotes or brackets around a value. */
export function unwrap(text: string): string {
  let inner = text.trim();
  for (;;) {
    const pair = pairs.find(
      ([open, close]) => inner.length > 2 && inner.startsWith(open) && inner.endsWith(close),
    );
    if (!pair) return inner;
    inner = inner.slice(1, -1).trim();
  }
}
