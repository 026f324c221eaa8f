import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { tvMode } from '../common/tv-mode.ts';
import { remInPixels } from './rem.ts';

/** Rows to draw beyond those in view, so that scrolling and the Tab key find them. */
const OVERSCAN = 6;

/** A range of rows. */
export interface Range {
  readonly first: number;
  /** The index after the last row. */
  readonly end: number;
}

/**
 * The rows in view, and some on either side, of a list that scrolls with the page.
 * @param top of the list, in pixels from the top of the window. @param height of the window. @param row height of a row
 */
export function visibleRange(top: number, height: number, row: number, count: number): Range {
  const first = Math.floor(-top / row) - OVERSCAN;
  const end = Math.ceil((height - top) / row) + OVERSCAN;
  return { first: Math.min(count, Math.max(0, first)), end: Math.min(count, Math.max(0, end)) };
}

/** The visible range as the page scrolls; renders only when it changes. @param row the height of a row, in rem */
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
  // the list may just have become shorter
  return { first: Math.min(range.first, count), end: Math.min(range.end, count) };
}
