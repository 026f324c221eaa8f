import { useId, useRef } from 'preact/hooks';
import { texts } from '../common/language.ts';

interface ConfirmButtonProps {
  readonly label: string;
  /** The name for screen readers, where the label alone is not clear. */
  readonly name?: string;
  /** The question of the dialog. */
  readonly question: string;
  readonly onConfirm: () => void;
}

/** A button for an action that cannot be undone: it asks first. */
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
