import { liveScreen } from '../../src/domain/ids.ts';
import type { LineUpEntry } from '../../src/outputs/line-up.ts';
import { mainId } from './main-id.ts';

export const screenEntry: LineUpEntry = {
  number: 1,
  shownNumber: 1,
  id: 'live',
  name: 'Zapette live',
  group: 'Zapette',
  logo: '/logo.png',
  isHd: true,
  target: { kind: 'screen', screen: liveScreen },
};

/** A channel by its number. */
export function channelEntry(number: number, name: string, isHd = false): LineUpEntry {
  return {
    ...{ number, shownNumber: number, name, isHd },
    id: `c${number}`,
    group: 'France',
    logo: '/logo.png',
    target: { kind: 'channel', channelId: mainId(number), name },
  };
}

/** A line-up of these channels, after the screen. */
export function lineUpOf(...channels: readonly LineUpEntry[]) {
  const entries = [screenEntry, ...channels];
  return {
    openScreens: [screenEntry],
    changedAt: 0,
    entries: () => entries,
    settled: async () => {},
    byNumber: (number: number) => entries.find((entry) => entry.number === number) ?? null,
    byShownNumber: (number: number) => entries.find((entry) => entry.shownNumber === number) ?? null,
  };
}
