/** What the browsers of televisions, sticks and consoles call themselves. */
const TELEVISION =
  /SMART-?TV|Tizen.*\bTV\b|Web0S|webOS\.TV|NetCast|HbbTV|GoogleTV|Google TV|Android TV|BRAVIA|\bAFT[A-Z0-9]+\b|CrKey|AppleTV|Apple TV|\bRoku|VIDAA|Viera|PlayStation|Xbox|Nintendo/i;

/** What is known before a key is pressed. */
export interface TvClues {
  /** The address's query, such as `?tv`. */
  readonly query: string;
  /** What was chosen the last time; null: nothing. */
  readonly remembered: boolean | null;
  readonly userAgent: string;
}

/** Whether a page begins with big type and a visible focus: by its address, by memory, or by the browser's name. */
export function isTvWanted({ query, remembered, userAgent }: TvClues): boolean {
  const asked = tvAskedBy(query);
  return asked ?? remembered ?? TELEVISION.test(userAgent);
}

/** `?tv` switches it on, `?tv=0` off; null: the address does not say. */
export function tvAskedBy(query: string): boolean | null {
  const value = new URLSearchParams(query).get('tv');
  return value === null ? null : value !== '0';
}
