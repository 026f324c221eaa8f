import { useId, useRef } from 'preact/hooks';
import { texts } from '../common/language.ts';

interface ConfirmButtonProps {
  readonly label: string;
  /** What a screen reader calls it, where the label alone does not say it. */
  readonly name?: string;
  /** What is asked before. */
  readonly question: string;
  readonly onConfirm: () => void;
}

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({ label, name, question, onConfirm }: ConfirmButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const close = () => dialog.current?.close();
  return (
    <>
      <button
        type="button"
        class="button button-plain"
        aria-haspopup="dialog"
        aria-label={name}
        onClick={() => dialog.current?.showModal()}
      >
        {label}
      </button>
      <dialog class="confirm" ref={dialog} aria-labelledby={id}>
        <p id={id}>{question}</p>
        <div class="confirm-buttons">
          <button type="button" class="button button-plain" onClick={close}>
            {texts.value.cancel}
          </button>
          <button
            type="button"
            class="button button-danger"
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {label}
          </button>
        </div>
      </dialog>
    </>
  );
}
