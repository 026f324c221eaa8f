/** Result of comparing consecutive pictures, which counts from the latest one backwards. */
export interface PictureComparison {
  /** Content of the latest pictures; `unknown` if there are too few. */
  readonly shows: 'moves' | 'black' | 'frozen' | 'unknown';
  /** Number of latest pictures that show it. */
  readonly count: number;
  /** True if not all pictures are the same. */
  readonly hasMoved: boolean;
}

/** Brightest pixel of a black picture, of 255; codecs and scaling add a little. */
const BLACKEST = 24;
/** Largest range of a flat picture, of 255; a night scene is dark but not flat. */
const FLAT = 8;
/** Largest difference of one pixel, of 255, between two encodings of the same picture. */
const LARGEST_DIFFERENCE = 6;
/** Largest mean difference of all pixels between two encodings of the same picture. */
const LARGEST_MEAN = 0.8;
/** Consecutive pictures that make a trouble. */
const LEAST = 2;

/** Compares small grey pictures, oldest first; a clock in a corner counts as movement, and a logo is not black. */
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

/** Counts the elements before the first false. */
function lengthWhile(holds: readonly boolean[]): number {
  const end = holds.indexOf(false);
  return end < 0 ? holds.length : end;
}

function isBlack(picture: Uint8Array): boolean {
  return isFlat(picture) && Math.max(...picture) <= BLACKEST;
}

/** True if the picture is empty: all its pixels are about the same. */
export function isFlat(picture: Uint8Array): boolean {
  return Math.max(...picture) - Math.min(...picture) <= FLAT;
}

/** True if two small grey pictures show the same. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let sum = 0;
  for (let at = 0; at < one.length; at++) {
    const difference = Math.abs((one[at] ?? 0) - (other[at] ?? 0));
    if (difference > LARGEST_DIFFERENCE) return false;
    sum += difference;
  }
  return sum <= LARGEST_MEAN * one.length;
}
