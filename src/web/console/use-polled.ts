import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import { toastError } from '../common/failure.ts';

const EVERY_MS = 5_000;

/** A value that is loaded again and again. */
export interface Followed<T> {
  /** Null until it is loaded. */
  readonly value: T | null;
  /** Loads the value at once, for use after a change. */
  readonly again: () => Promise<void>;
}

/** Loads a value every five seconds while the component is mounted and the page visible. */
export function usePolled<T>(load: () => Promise<T>): Followed<T> {
  const value = useSignal<T | null>(null);
  const loader = useRef(load);
  loader.current = load;
  const turns = useRef({ asked: 0, shown: 0 });

  const again = useCallback(async () => {
    const turn = ++turns.current.asked;
    try {
      const answer = await loader.current();
      // an answer from before a change may arrive after the one from after it
      if (turn < turns.current.shown) return;
      turns.current.shown = turn;
      value.value = answer;
    } catch (error) {
      // the offline banner says so already
      if (!(error instanceof ApiError && error.status === 0)) toastError(error);
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
