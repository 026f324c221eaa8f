import { signal } from '@preact/signals';
import type { Question } from './contract/screens.ts';

/** `other`: a yes with a further wish. */
export type Answer = 'yes' | 'other' | 'no';

interface Asked {
  readonly question: Question;
  /** The id of the screen that others watch. */
  readonly screen: string;
  readonly answer: (answer: Answer) => void;
}

/** The open question; null if there is none. */
export const asked = signal<Asked | null>(null);

/** Asks whether to switch although others watch or a recording is interrupted; a newer question answers an older one with no. */
export function confirmSwitch(question: Question, screen: string): Promise<Answer> {
  asked.peek()?.answer('no');
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const mine: Asked = {
    question,
    screen,
    answer: (answer) => {
      if (asked.peek() === mine) asked.value = null;
      resolve(answer);
    },
  };
  asked.value = mine;
  return promise;
}
