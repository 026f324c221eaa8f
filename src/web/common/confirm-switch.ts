import { signal } from '@preact/signals';
import type { Question } from './contract.ts';

interface Asked {
  readonly question: Question;
  /** The id of the screen that others watch. */
  readonly screen: string;
  readonly answer: (isYes: boolean) => void;
}

/** The open question; null if there is none. */
export const asked = signal<Asked | null>(null);

/** Asks whether to switch although others watch; a newer question answers an older one with no. */
export function confirmSwitch(question: Question, screen: string): Promise<boolean> {
  asked.peek()?.answer(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const mine: Asked = {
    question,
    screen,
    answer: (isYes) => {
      if (asked.peek() === mine) asked.value = null;
      resolve(isYes);
    },
  };
  asked.value = mine;
  return promise;
}
