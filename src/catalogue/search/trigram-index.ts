import type { TimeSlices } from '../time-slices.ts';

/** The number of hash values of trigrams. A collision only adds a candidate. */
const BUCKETS = 1 << 17;
/** The number of levels into which the likeness is sorted; more levels would not change the nearest texts. */
const LEVELS = 1000;
/** The number of index entries that one query reads, unless it would be left with too few trigrams. */
const MOST_READ = 80_000;
const FEWEST_BUCKETS = 4;
/** The numbers of trigrams that a text may have. */
const SIZES = 256;
const EMPTY = new Uint32Array(0);
const SPACE = 0x20;
/** A mark before the first two letters of each word, so that swapped words find each other. */
const WORD = 1;

/**
 * Finds the short texts that share the most trigrams with a query. Spaces are ignored, since people add and omit them. A
 * text's beginning counts as two more trigrams, so that one or two letters find the texts that begin with them. The index is
 * four arrays of numbers, which the garbage collector does not scan: maps and lists would stop the program for 30 ms at a time.
 */
export class TrigramIndex {
  /** The start of each bucket in #texts, and the end of the last one. */
  readonly #starts = new Uint32Array(BUCKETS + 1);
  /** The number of distinct trigrams of each text. */
  readonly #sizes: Uint8Array;
  /** The number of shared trigrams by text; all zero between two queries. */
  readonly #shared: Uint8Array;
  /** A buffer for the texts that share a trigram with the query. */
  readonly #touched: Uint32Array;
  #texts = EMPTY;

  private constructor(count: number) {
    this.#sizes = new Uint8Array(count);
    this.#shared = new Uint8Array(count);
    this.#touched = new Uint32Array(count);
  }

  /** Builds the index. A text's id is its position in `texts`. */
  static async build(texts: readonly string[], slices: TimeSlices): Promise<TrigramIndex> {
    const index = new TrigramIndex(texts.length);
    const starts = index.#starts;
    for (const [id, text] of texts.entries()) {
      const buckets = bucketsOf(text);
      index.#sizes[id] = buckets.length;
      for (const bucket of buckets) starts[bucket] = (starts[bucket] ?? 0) + 1;
      if (slices.due()) await slices.rest();
    }
    // These are the buckets' ends for now: filling from the last text to the first moves them to the starts.
    for (let bucket = 1; bucket <= BUCKETS; bucket++) {
      starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
    }
    index.#texts = new Uint32Array(starts[BUCKETS] ?? 0);
    for (let id = texts.length - 1; id >= 0; id--) {
      for (const bucket of bucketsOf(texts[id] ?? '')) {
        const at = (starts[bucket] ?? 0) - 1;
        starts[bucket] = at;
        index.#texts[at] = id;
      }
      if (slices.due()) await slices.rest();
    }
    return index;
  }

  /** The ids of at most `count` texts that share a trigram with the query, the most similar first, sorted by level. */
  nearest(query: string, count: number, accept?: (id: number) => boolean): number[] {
    const buckets = this.#worthwhile(bucketsOf(query));
    const touched = this.#count(buckets);
    const levelOf = levelsFor(buckets.length);
    const least = accept ? 0 : this.#leastShared(touched, count, levelOf);
    const levels = new Uint32Array(LEVELS + 1);
    const likeness = new Uint16Array(touched.length);
    let kept = 0;
    for (let at = 0; at < touched.length; at++) {
      const id = touched[at] ?? 0;
      const shared = this.#shared[id] ?? 0;
      this.#shared[id] = 0;
      if (shared < least || (accept && !accept(id))) continue;
      const level = levelOf[shared * SIZES + (this.#sizes[id] ?? 0)] ?? 0;
      touched[kept] = id;
      likeness[kept++] = level;
      levels[level] = (levels[level] ?? 0) + 1;
    }
    const lowest = lowestLevel(levels, count);
    const best: { id: number; level: number }[] = [];
    const atLowest: number[] = [];
    for (let at = 0; at < kept; at++) {
      const id = touched[at] ?? 0;
      const level = likeness[at] ?? 0;
      if (level > lowest) best.push({ id, level });
      else if (level === lowest) atLowest.push(id);
    }
    const ids = best.sort((a, b) => b.level - a.level).map(({ id }) => id);
    return [...ids, ...atLowest.slice(0, count - ids.length)];
  }

  /**
   * The trigrams to read, the rarest first. After enough entries the rest is left out, since trigrams in a third of all names
   * tell little and take long.
   */
  #worthwhile(buckets: readonly number[]): number[] {
    const length = (bucket: number) => (this.#starts[bucket + 1] ?? 0) - (this.#starts[bucket] ?? 0);
    const rarest = buckets.toSorted((a, b) => length(a) - length(b));
    let read = 0;
    const enough = rarest.findIndex((bucket, at) => {
      read += length(bucket);
      return read > MOST_READ && at >= FEWEST_BUCKETS;
    });
    return enough < 0 ? rarest : rarest.slice(0, enough);
  }

  /** The fewest shared trigrams with which a text may be among the best `count`, since that many share more. */
  #leastShared(touched: Uint32Array, count: number, levelOf: Uint16Array): number {
    const texts = new Uint32Array(levelOf.length / SIZES);
    for (let at = 0; at < touched.length; at++) {
      const shared = this.#shared[touched[at] ?? 0] ?? 0;
      texts[shared] = (texts[shared] ?? 0) + 1;
    }
    let enough = texts.length;
    for (let sum = 0; enough > 0 && sum < count; ) sum += texts[--enough] ?? 0;
    const lowest = levelOf[enough * SIZES + SIZES - 1] ?? 0;
    let least = enough;
    // A text has at least the trigrams that it shares.
    while (least > 1 && (levelOf[(least - 1) * SIZES + least - 1] ?? 0) >= lowest) least--;
    return least;
  }

  #count(buckets: readonly number[]): Uint32Array {
    const touched = this.#touched;
    let count = 0;
    for (const bucket of buckets) {
      const end = this.#starts[bucket + 1] ?? 0;
      for (let at = this.#starts[bucket] ?? 0; at < end; at++) {
        const id = this.#texts[at] ?? 0;
        const shared = this.#shared[id] ?? 0;
        if (shared === 0) touched[count++] = id;
        this.#shared[id] = shared + 1;
      }
    }
    return touched.subarray(0, count);
  }
}

/**
 * The levels of all texts that share trigrams with a query, by the number of shared ones and of the text's own. The share of the
 * query that is found counts most, and the share of the text a little, so that prefixes stay in.
 */
function levelsFor(length: number): Uint16Array {
  const levels = new Uint16Array((length + 1) * SIZES);
  for (let shared = 1; shared <= length; shared++)
    for (let size = 0; size < SIZES; size++) {
      const dice = (2 * shared) / (length + size);
      levels[shared * SIZES + size] = Math.round(LEVELS * ((0.75 * shared) / length + 0.25 * dice));
    }
  return levels;
}

/** The lowest level that is still among the best `count`. */
function lowestLevel(levels: Uint32Array, count: number): number {
  let sum = 0;
  for (let level = LEVELS; level > 0; level--) {
    sum += levels[level] ?? 0;
    if (sum >= count) return level;
  }
  return 0;
}

/** The buckets of a text's trigrams, at most about 200, so that their number fits into a byte. */
function bucketsOf(text: string): number[] {
  const buckets: number[] = [];
  const add = (a: number, b: number, c: number) => {
    const bucket = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)) >>> 15;
    if (!buckets.includes(bucket)) buckets.push(bucket);
  };
  let [a, b] = [SPACE, SPACE];
  for (let at = 0; at < text.length && buckets.length < 200; at++) {
    const c = text.charCodeAt(at);
    if (c === SPACE) {
      add(WORD, text.charCodeAt(at + 1), text.charCodeAt(at + 2));
      continue;
    }
    if (at === 0) add(WORD, c, text.charCodeAt(1));
    add(a, b, c);
    [a, b] = [b, c];
  }
  return buckets;
}
