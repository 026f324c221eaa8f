/**
 * Countries as lists of channels write them. Codes and names come from Node's own tables (CLDR), so that "ALLEMAGNE",
 * "GERMANY" and "DE" are one; regions that are no country, but stand in front of names like one, are added.
 */

/** Languages in which the name of a country is understood. */
const NAMED_IN = ['en', 'fr', 'de', 'es', 'it', 'pt'];
/** Codes that CLDR knows, but which are no place, or no longer one. */
const NO_PLACE = new Set(['AC', 'CP', 'DG', 'EA', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

/** Three letters and everyday words. ISO 3166 alpha-3 is not in CLDR; these are the ones that lists use. */
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
  // Regions. AR is written for what is in Arabic, hardly ever for Argentina.
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

/** Where CLDR has nothing, or one of several languages. */
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

/** By country, as they are asked for: CLDR is slow to answer. */
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

/** "fr", "UK", "exyu", "GER": the code as it is shown, else null. */
export function countryOfCode(code: string): string | null {
  return codes.get(code.toLowerCase()) ?? null;
}

/** "Allemagne", "United Kingdom", and whatever `countryOfCode` knows. */
export function countryOf(text: string): string | null {
  return countryOfCode(text) ?? codesByName.get(plain(text)) ?? null;
}

/** The language that most people of a country speak, as ISO 639 ("fr"); null where none stands out. */
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
      // A code that was given up ("DD") is rewritten to its successor.
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
