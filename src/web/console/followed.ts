import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import { tell } from './failure.ts';

const EVERY_MS = 5_000;

export interface Followed<T> {
  /** Null: not here yet. */
  readonly value: T | null;
  /** Asks at once, after a change. */
  readonly again: () => Promise<void>;
}

/** What the server says now, asked again and again for as long as it is shown and the page is in sight. */
export function useFollowed<T>(load: () => Promise<T>): Followed<T> {
  const value = useSignal<T | null>(null);
  const loader = useRef(load);
  loader.current = load;
  const turns = useRef({ asked: 0, shown: 0 });

  const again = useCallback(async () => {
    const turn = ++turns.current.asked;
    try {
      const answer = await loader.current();
      // one that was asked for before a change may come after the change
      if (turn < turns.current.shown) return;
      turns.current.shown = turn;
      value.value = answer;
    } catch (error) {
      // the banner says that the server cannot be reached
      if (!(error instanceof ApiError && error.status === 0)) tell(error);
    }
  }, [value]);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void again();
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [again]);
  return { value: value.value, again };
}
