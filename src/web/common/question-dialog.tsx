import { asked } from './confirm-switch.ts';
import { texts } from './language.ts';
import { nameOfScreen } from './screens.ts';
import { YesNoDialog } from './yes-no-dialog.tsx';

/** Asks whether to switch while others watch a channel that somebody else has put on air. */
export function QuestionDialog() {
  const t = texts.value;
  const current = asked.value;
  if (!current) return null;
  const { viewers, channel, asked_by: by, wanted } = current.question;
  return (
    <YesNoDialog asked={current} yes={t.switch} class="question">
      {t.othersWatch(
        viewers,
        channel.label,
        by === 'console' ? t.theOwner : by,
        nameOfScreen(current.screen),
      )}{' '}
      <strong>{t.switchTo(wanted.label)}</strong>
    </YesNoDialog>
  );
}
