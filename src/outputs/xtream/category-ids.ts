import { hash } from 'node:crypto';

/** Positive numbers that fit into 31 bits, which is what apps keep them in. */
const RANGE = 0x7fff_fffe;

/**
 * Numbers for the groups of a line-up. They come from the names, so that an app that has hidden a group or chosen it as a
 * favourite finds it again when other groups come and go.
 */
export function categoryIds(groups: Iterable<string>): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  const taken = new Set<number>();
  for (const group of groups) {
    if (ids.has(group)) continue;
    let id = Number.parseInt(hash('sha1', group).slice(0, 12), 16) % RANGE;
    while (taken.has(id + 1)) id = (id + 1) % RANGE;
    taken.add(id + 1);
    ids.set(group, id + 1);
  }
  return ids;
}
