import type { ChannelId, ScreenId } from '../domain/ids.ts';
import type { History } from '../store/history.ts';
import type { Catalogue } from './catalogue.ts';
import { findAgain } from './find-again.ts';
import type { ChannelGroup } from './variants.ts';

/** The sources of the recent channels. */
export interface RecentContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf'>;
  readonly history: Pick<History, 'latest'>;
}

/** The number of latest entries of the history that are read. */
const LOOKED_AT = 200;
const MOST = 25;

/** The channels that were on a screen recently and are still in the catalogue, the latest first, each once for all its variants. */
export function recentChannels({ catalogue, history }: RecentContext, screen: ScreenId): ChannelGroup[] {
  const groups = new Map<ChannelId, ChannelGroup>();
  for (const entry of history.latest(LOOKED_AT, screen)) {
    const channel = findAgain(catalogue, entry);
    const group = channel && catalogue.groupOf(channel.id);
    if (group) groups.set(group.variants[0].id, groups.get(group.variants[0].id) ?? group);
  }
  return [...groups.values()].slice(0, MOST);
}
