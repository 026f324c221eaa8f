import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { tvMode } from '../common/tv-mode.ts';
import { remInPixels } from './rem.ts';

/** Rows kept beyond what is in sight, so that scrolling and the tab key find them. */
const OVERSCAN = 6;

export interface Range {
  readonly first: number;
  /** Beyond the last. */
  readonly end: number;
}

/** Which rows of a list that scrolls with the page are in sight, or nearly. */
export function visibleRange(top: number, height: number, row: number, count: number): Range {
  const first = Math.floor(-top / row) - OVERSCAN;
  const end = Math.ceil((height - top) / row) + OVERSCAN;
  return { first: Math.min(count, Math.max(0, first)), end: Math.min(count, Math.max(0, end)) };
}

/** Follows the page's scrolling; renders only where other rows come into sight. @param row its height, in rem. */
export function useVisibleRange(list: RefObject<HTMLElement | null>, row: number, count: number): Range {
  const [range, setRange] = useState<Range>({ first: 0, end: Math.min(count, 20) });
  useEffect(() => {
    const measure = () => {
      if (!list.current) return;
      const { top } = list.current.getBoundingClientRect();
      const next = visibleRange(top, innerHeight, row * remInPixels(), count);
      setRange((known) => (known.first === next.first && known.end === next.end ? known : next));
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [list, row, count, tvMode.value]);
  // a list that has just become shorter
  return { first: Math.min(range.first, count), end: Math.min(range.end, count) };
}
