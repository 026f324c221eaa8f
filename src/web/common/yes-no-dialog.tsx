import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from './language.ts';

interface YesNoDialogProps {
  /** Another object for each question; null: none is asked. */
  readonly asked: { readonly answer: (isYes: boolean) => void } | null;
  /** The label of the button that says yes. */
  readonly yes: string;
  readonly class?: string;
  /** The question. */
  readonly children: ComponentChildren;
}

/** Asks a question; the browser closes the dialog and restores the focus. */
export function YesNoDialog({ asked, yes, class: name = '', children }: YesNoDialogProps) {
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
      onClose={() => asked.answer(dialog.current?.returnValue === 'yes')}
    >
      <p id="dialog-question">{children}</p>
      <form method="dialog" class="confirm-buttons">
        <button type="submit" class="button button-plain">
          {texts.value.cancel}
        </button>
        <button type="submit" value="yes" class="button button-main">
          {yes}
        </button>
      </form>
    </dialog>
  );
}
