/** Matches the User-Agents of televisions, sticks and game consoles. */
const TELEVISION =
  /SMART-?TV|Tizen.*\bTV\b|Web0S|webOS\.TV|NetCast|HbbTV|GoogleTV|Google TV|Android TV|BRAVIA|\bAFT[A-Z0-9]+\b|CrKey|AppleTV|Apple TV|\bRoku|VIDAA|Viera|PlayStation|Xbox|Nintendo/i;

/** What the page knows before a key is pressed. */
export interface TvClues {
  /** The query of the page's address, such as `?tv`. */
  readonly query: string;
  /** The last choice; null if there is none. */
  readonly remembered: boolean | null;
  readonly userAgent: string;
}

/** True if the page starts in TV mode: by the address, else by the last choice, else by the User-Agent. */
export function isTvWanted({ query, remembered, userAgent }: TvClues): boolean {
  const asked = tvAskedBy(query);
  return asked ?? remembered ?? TELEVISION.test(userAgent);
}

/** True for `?tv`, false for `?tv=0`, null without either. */
export function tvAskedBy(query: string): boolean | null {
  const value = new URLSearchParams(query).get('tv');
  return value === null ? null : value !== '0';
}
