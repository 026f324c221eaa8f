import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { minute } from '../common/clock.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import type { Guide } from '../common/guide.ts';
import { catalogue } from './catalogue.ts';
import { useVisibleRange } from './visible-range.ts';

interface RowInSight {
  /** The index in the whole list. */
  readonly index: number;
  /** Undefined until it is loaded. */
  readonly group: ChannelGroup | undefined;
}

/** The rows of the channel list to draw; loads their channels and programmes. @param height of a row, in rem */
export function useRowsInSight(
  list: RefObject<HTMLElement | null>,
  height: number,
  count: number,
  guide: Guide,
): readonly RowInSight[] {
  const { first, end } = useVisibleRange(list, height, count);
  const rows = Array.from({ length: end - first }, (_, offset) => ({
    index: first + offset,
    group: catalogue.at(first + offset),
  }));
  const ids = rows.flatMap(({ group }) => group?.guide_id ?? []);
  const inSight = ids.join();
  useEffect(() => catalogue.look(first, end - 1), [first, end, catalogue.answered.value]);
  // compared as text, since the array is new each time
  useEffect(() => guide.look(ids), [guide, inSight, minute.value]);
  return rows;
}
