import { decodeHTMLStrict } from 'entities';

const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|[A-Za-z]\w{1,30});/g;
const BREAK = /<(?:br|p|div|li)\b[^<>]*>/gi;
const TAG = /<\/?[a-z][^<>]*>/gi;
/** Control characters, and the marks that change the text direction of the rest of a chat message. Joiners stay: emoji need them. */
const INVISIBLE = /[\p{Cc}\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/gu;
/** What `plainText` would change. Most texts have none of it, which this finds out in a tenth of the time. */
const UNTIDY =
  /[&<\p{Cc}\p{Cs}\u00a0\u1680\u2000-\u200b\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff\ufffe\uffff]| {2}|^ | $/u;

/**
 * Makes a provider's text plain: decodes entities (twice, since some are encoded twice), removes tags and control
 * characters, joins white space, and cuts to `limit` UTF-16 units. Emoji and all scripts stay.
 */
export function plainText(raw: string, limit = 200): string {
  if (raw.length <= limit && !UNTIDY.test(raw)) return raw;
  let text = raw;
  if (text.includes('&')) text = decodeEntities(decodeEntities(text));
  if (text.includes('<')) text = withoutComments(text).replace(BREAK, ' ').replace(TAG, '');
  text = text.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
  if (text.length > limit) text = text.slice(0, limit).trimEnd();
  // The text may have been cut in the middle of an emoji, here or by the provider.
  return text.isWellFormed() ? text : text.toWellFormed().replaceAll('\ufffd', '').trim();
}

/** Uses no regular expression, since that would search to the end of the text from each `<!--`. */
function withoutComments(text: string): string {
  let kept = '';
  for (let at = 0; ; ) {
    const from = text.indexOf('<!--', at);
    const end = from < 0 ? -1 : text.indexOf('-->', from + 4);
    if (end < 0) return kept + text.slice(at);
    kept += text.slice(at, from);
    at = end + 3;
  }
}

/** Decodes numeric entities here, since some providers send an emoji as two surrogates, which `entities` refuses. */
function decodeEntities(text: string): string {
  return text.replace(ENTITY, (whole, decimal: string | undefined, hex: string | undefined) => {
    if (decimal === undefined && hex === undefined) return decodeHTMLStrict(whole);
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
