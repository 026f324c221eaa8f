import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import { sentenceOf, toastError } from '../common/failure.ts';
import { texts } from '../common/language.ts';
import { toast } from '../common/toasts.tsx';

interface FormDialogProps {
  readonly title: string;
  /** The label of the button that saves. */
  readonly action: string;
  /** @returns what is said once it is saved */
  readonly save: () => Promise<string>;
  /** Loads what may have changed, also where saving has failed. */
  readonly reload: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog with the fields of something that is saved. It stays open where that fails, and says why. */
export function FormDialog({ title, action, save, reload, onClose, children }: FormDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [failure, setFailure] = useState('');
  const [isBusy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();

  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    setFailure('');
    try {
      toast('good', await save());
      close();
    } catch (error) {
      // A toast would be behind the dialog.
      if (error instanceof ApiError && error.status === 401) {
        close();
        toastError(error);
      } else setFailure(sentenceOf(error));
    }
    setBusy(false);
    await reload();
  };

  return (
    <dialog class="confirm recording-dialog" ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <form
        class="token-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        <p class="recording-failure" role="alert">
          {failure}
        </p>
        <div class="confirm-buttons">
          <button type="button" class="button button-plain" onClick={close}>
            {texts.value.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isBusy}>
            {action}
          </button>
        </div>
      </form>
    </dialog>
  );
}
