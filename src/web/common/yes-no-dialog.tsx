import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Answer } from './confirm-switch.ts';
import { texts } from './language.ts';

interface YesNoDialogProps {
  /** Another object for each question; null: none is asked. */
  readonly asked: { readonly answer: (answer: Answer) => void } | null;
  /** The label of the button that says yes. */
  readonly yes: string;
  /** The label of the button that says yes with a further wish. */
  readonly other?: string | undefined;
  readonly class?: string;
  /** The question. */
  readonly children: ComponentChildren;
}

/** Asks a question; the browser closes the dialog and restores the focus. */
export function YesNoDialog({ asked, yes, other, class: name = '', children }: YesNoDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (asked) dialog.current?.showModal();
  }, [asked]);
  if (!asked) return null;
  return (
    <dialog
      class={`confirm ${name}`}
      ref={dialog}
      aria-labelledby="dialog-question"
      onClose={() => asked.answer(answerOf(dialog.current?.returnValue))}
    >
      <p id="dialog-question">{children}</p>
      <form method="dialog" class="confirm-buttons">
        <button type="submit" class="button button-plain">
          {texts.value.cancel}
        </button>
        {other !== undefined && (
          <button type="submit" value="other" class="button button-plain">
            {other}
          </button>
        )}
        <button type="submit" value="yes" class="button button-main">
          {yes}
        </button>
      </form>
    </dialog>
  );
}

function answerOf(value: string | undefined): Answer {
  return value === 'yes' || value === 'other' ? value : 'no';
}
