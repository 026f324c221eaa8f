/**
 * Countries as channel lists write them. Codes and names come from Node's own tables (CLDR), so that "ALLEMAGNE", "GERMANY" and
 * "DE" are the same. Regions that lists use like countries are added.
 */

/** The languages in which names of countries are recognised. */
const NAMED_IN = ['en', 'fr', 'de', 'es', 'it', 'pt'];
/** Codes in CLDR that are not a place, or no longer one. */
const NO_PLACE = new Set(['AC', 'CP', 'DG', 'EA', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

/** Codes of three letters and common words. CLDR has no ISO 3166 alpha-3; these are the codes that lists use. */
const spellings: Readonly<Record<string, string>> = {
  gb: 'UK',
  usa: 'US',
  america: 'US',
  england: 'UK',
  fra: 'FR',
  ger: 'DE',
  deu: 'DE',
  ita: 'IT',
  esp: 'ES',
  spa: 'ES',
  por: 'PT',
  pol: 'PL',
  tur: 'TR',
  turkiye: 'TR',
  alb: 'AL',
  bra: 'BR',
  can: 'CA',
  aus: 'AU',
  ned: 'NL',
  nld: 'NL',
  holland: 'NL',
  bel: 'BE',
  sui: 'CH',
  aut: 'AT',
  swe: 'SE',
  nor: 'NO',
  den: 'DK',
  dnk: 'DK',
  fin: 'FI',
  gre: 'GR',
  rom: 'RO',
  rou: 'RO',
  rus: 'RU',
  ukr: 'UA',
  irl: 'IE',
  isr: 'IL',
  ind: 'IN',
  pak: 'PK',
  mex: 'MX',
  arg: 'ARG',
  mar: 'MA',
  alg: 'DZ',
  tun: 'TN',
  egy: 'EG',
  uae: 'AE',
  ksa: 'SA',
  // Regions. Lists write AR for channels in Arabic, hardly ever for Argentina.
  arab: 'AR',
  arabic: 'AR',
  arabe: 'AR',
  exyu: 'EXYU',
  balkan: 'EXYU',
  lat: 'LATAM',
  latam: 'LATAM',
  latin: 'LATAM',
  latino: 'LATAM',
  afr: 'AFR',
  africa: 'AFR',
  afrique: 'AFR',
  kurd: 'KURD',
  ku: 'KURD',
  krd: 'KURD',
  nordic: 'NORDIC',
  scan: 'NORDIC',
  scandinavia: 'NORDIC',
  asia: 'ASIA',
  caribbean: 'CARIB',
  carib: 'CARIB',
  quebec: 'QC',
  qc: 'QC',
  eu: 'EU',
};

/** Regions for which CLDR has no language, or only one of several. */
const regionLanguages: Readonly<Record<string, string | null>> = {
  AR: 'ar',
  ARG: 'es',
  EXYU: 'sr',
  LATAM: 'es',
  QC: 'fr',
  UK: 'en',
  KURD: 'ku',
  BE: null,
  CA: null,
  CH: null,
  EU: null,
  LU: null,
};

/** The languages by country, cached because CLDR is slow. */
const languages = new Map<string, string | null>(Object.entries(regionLanguages));

const codes = new Map<string, string>();
const codesByName = new Map<string, string>();
for (const [word, code] of Object.entries(spellings)) {
  (word.length <= 4 ? codes : codesByName).set(word, code);
}
for (const code of isoCodes()) {
  const written = code === 'GB' ? 'UK' : code;
  codes.set(written.toLowerCase(), written);
  for (const language of NAMED_IN) {
    const name = plain(new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? '');
    if (name.length > 3 && !codesByName.has(name)) codesByName.set(name, written);
  }
}

/** The displayed code for "fr", "UK", "exyu" or "GER"; null for an unknown code. */
export function countryOfCode(code: string): string | null {
  return codes.get(code.toLowerCase()) ?? null;
}

/** The displayed code for a name such as "Allemagne" or "United Kingdom", or for a code; null for any other text. */
export function countryOf(text: string): string | null {
  return countryOfCode(text) ?? codesByName.get(plain(text)) ?? null;
}

/** The main language of a country as an ISO 639 code ("fr"); null if there is no single one. */
export function languageOf(country: string): string | null {
  let language = languages.get(country);
  if (language === undefined) {
    language = likelyLanguage(country);
    languages.set(country, language);
  }
  return language;
}

function likelyLanguage(country: string): string | null {
  if (!/^[A-Z]{2}$/.test(country)) return null;
  return new Intl.Locale('und', { region: country }).maximize().language;
}

function* isoCodes(): Generator<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  for (const first of letters) {
    for (const second of letters) {
      const code = first + second;
      // An obsolete code ("DD") is rewritten to its successor.
      const current = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
      if (current && !NO_PLACE.has(code) && names.of(code) !== undefined) yield code;
    }
  }
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}
