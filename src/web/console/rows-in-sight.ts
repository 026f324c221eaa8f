import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { minute } from '../common/clock.ts';
import type { ChannelGroup } from '../common/contract.ts';
import type { Guide } from '../common/guide.ts';
import { catalogue } from './catalogue.ts';
import { useVisibleRange } from './visible-range.ts';

interface RowInSight {
  /** Its place in the whole list. */
  readonly index: number;
  /** Undefined: not here yet. */
  readonly group: ChannelGroup | undefined;
}

/** The rows of the channel list that are to be drawn; they and what is on them are fetched. @param height of a row, in rem. */
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
  // the ids are the same while their text is
  useEffect(() => guide.look(ids), [guide, inSight, minute.value]);
  return rows;
}
