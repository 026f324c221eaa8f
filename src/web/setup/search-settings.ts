import Fuse from 'fuse.js/basic';
import type { Setting } from './contract.ts';

/** Fuse's threshold, from 0 (only equal texts match) to 1. */
const THRESHOLD = 0.3;
/** Longer words are also tried without their ending, as `publique` for `PUBLIC_URL`. */
const SHORTEST_CUT = 6;
const ENDING = 3;

interface Searchable {
  readonly setting: Setting;
  readonly name: string;
  readonly meaning: string;
  readonly value: string;
}

/**
 * Searches names, meanings and values, best match first: the settings that match all words, else all words without their
 * endings, else any word. An empty search finds all settings in their own order.
 */
export function searchSettings(settings: readonly Setting[], typed: string): readonly Setting[] {
  const words = typed.split(/[\s_]+/).filter((word) => word !== '');
  if (words.length === 0) return settings;
  const fuse = new Fuse(settings.map(toSearchable), {
    keys: [{ name: 'name', weight: 2 }, 'meaning', 'value'],
    threshold: THRESHOLD,
    ignoreLocation: true,
    ignoreDiacritics: true,
    includeScore: true,
  });
  const whole = findWords(fuse, words);
  if (whole.complete.length > 0) return whole.complete;
  const cut = findWords(fuse, words.map(withoutEnding));
  return cut.complete.length > 0 ? cut.complete : whole.any;
}

function toSearchable(setting: Setting): Searchable {
  const { name, meaning, value } = setting;
  return { setting, name: name.replaceAll('_', ' '), meaning, value: value ?? '' };
}

function withoutEnding(word: string): string {
  return word.length < SHORTEST_CUT ? word : word.slice(0, -ENDING);
}

interface Found {
  /** Settings that match all words. */
  readonly complete: readonly Setting[];
  /** Settings that match at least one word. */
  readonly any: readonly Setting[];
}

function findWords(fuse: Fuse<Searchable>, words: readonly string[]): Found {
  const hits = new Map<Setting, { words: number; score: number }>();
  for (const word of words) {
    for (const { item, score = 1 } of fuse.search(word)) {
      const hit = hits.get(item.setting) ?? { words: 0, score: 0 };
      hits.set(item.setting, { words: hit.words + 1, score: hit.score + score });
    }
  }
  const best = [...hits].sort(([, a], [, b]) => b.words - a.words || a.score - b.score);
  return {
    complete: best.filter(([, hit]) => hit.words === words.length).map(([setting]) => setting),
    any: best.map(([setting]) => setting),
  };
}
