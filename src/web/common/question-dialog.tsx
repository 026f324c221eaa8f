import { asked } from './confirm-switch.ts';
import { clockTime } from './format.ts';
import { locale, texts } from './language.ts';
import { nameOfScreen } from './screens.ts';
import { YesNoDialog } from './yes-no-dialog.tsx';

/** Asks whether to switch while others watch a channel that somebody else has put on air, or a recording is interrupted. */
export function QuestionDialog() {
  const t = texts.value;
  const current = asked.value;
  if (!current) return null;
  const { code, viewers, channel, asked_by: by, wanted, interrupts } = current.question;
  const isDisturbing = code === 'others_watching' && channel !== null;
  return (
    <YesNoDialog
      asked={current}
      yes={interrupts ? t.switchAnyway : t.switch}
      other={interrupts?.archived ? t.switchAndKeep : undefined}
      class="question"
    >
      {isDisturbing &&
        `${t.othersWatch(
          viewers,
          channel.label,
          by === 'console' ? t.theOwner : by,
          nameOfScreen(current.screen),
        )} `}
      {interrupts && `${t.interrupts(interrupts.title, clockTime(interrupts.stop, locale.value))} `}
      <strong>{t.switchTo(wanted.label)}</strong>
    </YesNoDialog>
  );
}
