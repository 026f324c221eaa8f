import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../common/language.ts';

interface Asked {
  readonly question: string;
  /** The label of the button that says yes. */
  readonly yes: string;
  readonly answer: (isYes: boolean) => void;
}

const asked = signal<Asked | null>(null);

/** Asks a question in a dialog; a newer question answers an older one with no. */
export function confirm(question: string, yes: string): Promise<boolean> {
  asked.peek()?.answer(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  asked.value = {
    question,
    yes,
    answer: (isYes) => {
      asked.value = null;
      resolve(isYes);
    },
  };
  return promise;
}

/** The dialog of `confirm`, once a page. */
export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const current = asked.value;
  useEffect(() => {
    if (current) dialog.current?.showModal();
  }, [current]);
  if (!current) return null;
  return (
    <dialog
      class="confirm"
      ref={dialog}
      aria-labelledby="confirm-question"
      onClose={() => current.answer(dialog.current?.returnValue === 'yes')}
    >
      <p id="confirm-question">{current.question}</p>
      {/* the browser closes the dialog and restores the focus */}
      <form method="dialog" class="confirm-buttons">
        <button type="submit" class="button button-plain">
          {texts.value.cancel}
        </button>
        <button type="submit" value="yes" class="button button-main">
          {current.yes}
        </button>
      </form>
    </dialog>
  );
}
