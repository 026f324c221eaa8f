/** The entities that PHP's htmlentities() makes of Latin-1, in code point order from U+00A0. */
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const named = new Map<string, string>([
  ...latin1.split(' ').map((name, index): [string, string] => [name, String.fromCodePoint(0xa0 + index)]),
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['OElig', 'Œ'],
  ['oelig', 'œ'],
  ['Scaron', 'Š'],
  ['scaron', 'š'],
  ['Yuml', 'Ÿ'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['bull', '•'],
  ['hellip', '…'],
  ['euro', '€'],
  ['trade', '™'],
]);

const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]\w{1,8}));/g;
const BREAK = /<(?:br|p|div|li)\b[^<>]*>/gi;
const TAG = /<\/?[a-z][^<>]*>/gi;
/** Control characters, and the marks that change the text direction of the rest of a chat message. Joiners stay: emoji need them. */
const INVISIBLE = /[\p{Cc}\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/gu;

/**
 * Makes a provider's text plain: decodes entities (twice, since some are encoded twice), removes tags and control
 * characters, joins white space, and cuts to `limit` UTF-16 units. Emoji and all scripts stay.
 */
export function plainText(raw: string, limit = 200): string {
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

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (whole, decimal: string | undefined, hex: string | undefined, name: string) => {
    if (decimal === undefined && hex === undefined) return named.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
