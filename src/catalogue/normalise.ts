/** Letters that NFKD leaves whole. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};
const LETTERS = /[ßæœøđðþłı]/g;

/** "FR|", "|FR|", "[FR]", "(FR)", "FR:", "FR ✦", "FR - ": two letters, or one of the longer marks, set off by a sign. */
const MARK = '(?:[a-z]{2}|usa|lat|exyu|vip|ppv)';
const BRACKETED = new RegExp(
  `^\\s*(?:\\[\\s*${MARK}\\s*\\]|\\(\\s*${MARK}\\s*\\)|([|┃│])\\s*${MARK}\\s*\\1)`,
);
const SET_OFF = new RegExp(`^\\s*${MARK}(?:\\s*[|:┃│✦★☆●•◉»►▎]+|\\s+[-–—]\\s)`);
const QUALITY =
  /\s+(?:sd|hd|fhd|uhd|qhd|hq|lq|[48]k|hevc|[hx]\s?26[45]|raw|backup|hdr|(?:2160|1080|720|576)[pi]?|(?:50|60)\s?fps)$/;

/**
 * A name as it is compared, never shown: no case, accents, country in front, quality at the end or signs, "+" as
 * "plus", words one space apart. "[FR] CANAL+ SÉRIES ᴴᴰ" becomes "canal plus series". Never empty for a name.
 */
export function normaliseName(name: string): string {
  const folded = fold(name);
  const bare = words(folded.replace(BRACKETED, '').replace(SET_OFF, '')) || words(folded);
  return withoutQuality(bare) || folded.trim();
}

function fold(name: string): string {
  // NFKD also makes plain letters of ᴴᴰ, of full width and of mathematical bold.
  const text = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return text.replace(LETTERS, (letter) => letters[letter] ?? letter);
}

function words(text: string): string {
  return text
    .replaceAll('+', ' plus ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A channel may be called "4K" or "HD 1": something stays. */
function withoutQuality(name: string): string {
  let rest = name;
  for (let shorter = rest.replace(QUALITY, ''); shorter !== rest; shorter = rest.replace(QUALITY, ''))
    rest = shorter;
  return rest;
}
