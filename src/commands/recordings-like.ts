import { findLike } from '../catalogue/names/find-like.ts';
import { isOver, type Recording } from '../domain/recording.ts';

/** What people write for the last one, in both languages, whatever theirs is. */
const NEWEST =
  "(?:the |le |la |les |l['’])?(?:latest|newest|last|most recent|derni(?:er|ère)s?|plus récente?s?)";
const newest = new RegExp(`(?:^${NEWEST}(?:\\s+|$)|\\s+${NEWEST}$)`, 'iu');
/** A number of the list: "3", "#3", "n° 3". */
const numbered = /^(?:#|no\.?|n[°º]|number|numéro)?\s*(\d{1,3})$/iu;

/** Those that run, those to come, then the last that are over: as /recordings lists and numbers them. */
export function inOrder(all: readonly Recording[]): Recording[] {
  const runs = ({ state }: Recording) => state === 'recording' || state === 'waiting';
  const over = all.filter(isOver).toSorted((one, other) => other.start - one.start);
  return [...all.filter(runs), ...all.filter(({ state }) => state === 'planned'), ...over];
}

/**
 * The recordings that a typed text may mean, best first: by title or channel, by their number in the list, or the latest one
 * ("the latest", "koh-lanta dernier").
 */
export function recordingsLike(all: readonly Recording[], typed: string): Recording[] {
  const text = typed.normalize('NFC').trim();
  const like = (title: string) =>
    findLike(all, title, (recording) => [recording.title, recording.channelName]);
  if (newest.test(text)) {
    const title = text.replace(newest, '').trim();
    const begun = (title === '' ? all : like(title)).filter(({ state }) => state !== 'planned');
    return begun.toSorted((one, other) => other.start - one.start).slice(0, 1);
  }
  const found = like(text);
  const number = numbered.exec(text)?.[1];
  if (found.length > 0 || number === undefined) return found;
  return inOrder(all).slice(Number(number) - 1, Number(number));
}
