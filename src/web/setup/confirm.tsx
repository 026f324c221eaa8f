import { signal } from '@preact/signals';
import type { Answer } from '../common/confirm-switch.ts';
import { YesNoDialog } from '../common/yes-no-dialog.tsx';

interface Asked {
  readonly question: string;
  /** The label of the button that says yes. */
  readonly yes: string;
  readonly answer: (answer: Answer) => void;
}

const asked = signal<Asked | null>(null);

/** Asks a question in a dialog; a newer question answers an older one with no. */
export function confirm(question: string, yes: string): Promise<boolean> {
  asked.peek()?.answer('no');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  asked.value = {
    question,
    yes,
    answer: (answer) => {
      asked.value = null;
      resolve(answer === 'yes');
    },
  };
  return promise;
}

/** The dialog of `confirm`, once a page. */
export function ConfirmDialog() {
  const current = asked.value;
  return (
    <YesNoDialog asked={current} yes={current?.yes ?? ''}>
      {current?.question}
    </YesNoDialog>
  );
}
