/** What pictures show in the end, one after another. */
export interface PictureComparison {
  /** `unknown`: too few to tell. */
  readonly shows: 'moves' | 'black' | 'frozen' | 'unknown';
  /** So many of the last pictures show it. */
  readonly count: number;
  /** Not all show the same. */
  readonly hasMoved: boolean;
}

/** Black is dark, and the same everywhere: a night scene has something in it. Of 255, as codecs and scaling add a little. */
const BLACKEST = 24;
const FLAT = 8;
/** So far apart may one pixel of a small picture be of two pictures that are the same, coded twice; … */
const LARGEST_DIFFERENCE = 6;
/** … and all of them on average. */
const LARGEST_MEAN = 0.8;
/** Pictures in a row that make a trouble. */
const LEAST = 2;

/** Looks at small grey pictures, oldest first. A clock in a corner moves, and a logo is not black. */
export function comparePictures(pictures: readonly Uint8Array[]): PictureComparison {
  const latest = pictures.toReversed();
  const isAsNext = latest.map((picture, at) => at === 0 || isSame(picture, latest[at - 1] ?? picture));
  const hasMoved = isAsNext.includes(false);
  const black = lengthWhile(latest.map(isBlack));
  if (black >= LEAST) return { shows: 'black', count: black, hasMoved };
  const frozen = lengthWhile(isAsNext);
  if (frozen >= LEAST) return { shows: 'frozen', count: frozen, hasMoved };
  return { shows: hasMoved ? 'moves' : 'unknown', count: 1, hasMoved };
}

/** How many there are before the first false. */
function lengthWhile(holds: readonly boolean[]): number {
  const end = holds.indexOf(false);
  return end < 0 ? holds.length : end;
}

function isBlack(picture: Uint8Array): boolean {
  return isFlat(picture) && Math.max(...picture) <= BLACKEST;
}

/** There is nothing in the picture. */
export function isFlat(picture: Uint8Array): boolean {
  return Math.max(...picture) - Math.min(...picture) <= FLAT;
}

/** Whether two small grey pictures show the same. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let sum = 0;
  for (let at = 0; at < one.length; at++) {
    const difference = Math.abs((one[at] ?? 0) - (other[at] ?? 0));
    if (difference > LARGEST_DIFFERENCE) return false;
    sum += difference;
  }
  return sum <= LARGEST_MEAN * one.length;
}
