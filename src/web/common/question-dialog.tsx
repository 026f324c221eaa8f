import { useEffect, useRef } from 'preact/hooks';
import { asked } from './confirm-switch.ts';
import { texts } from './language.ts';

/** Asks whether to switch while others watch a channel that somebody else has put on air. */
export function QuestionDialog() {
  const t = texts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const current = asked.value;
  useEffect(() => {
    if (current) dialog.current?.showModal();
  }, [current]);
  if (!current) return null;
  const { viewers, channel, asked_by: by, wanted } = current.question;
  return (
    <dialog
      class="confirm question"
      ref={dialog}
      aria-labelledby="question-title"
      onClose={() => current.answer(dialog.current?.returnValue === 'switch')}
    >
      <p id="question-title">
        {t.othersWatch(viewers, channel.label, by === 'console' ? t.theOwner : by)}{' '}
        <strong>{t.switchTo(wanted.label)}</strong>
      </p>
      {/* the browser closes the dialog and restores the focus */}
      <form method="dialog" class="confirm-buttons">
        <button type="submit" class="button button-plain">
          {t.cancel}
        </button>
        <button type="submit" value="switch" class="button button-main">
          {t.switch}
        </button>
      </form>
    </dialog>
  );
}
