import { status } from '../common/events.ts';
import { PauseIcon, WarningIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { pauseNote } from '../common/past.ts';
import { announced } from './awake.ts';
import { panel } from './panels.ts';
import { pastTexts } from './past-texts.ts';
import type { Player } from './player.ts';
import { isMomentGone } from './rewind.ts';
import { failure } from './run-command.ts';

/** One line at the top of the picture about a switch or a problem; the first that applies is shown. */
export function Notices({ player }: { readonly player: Player }) {
  return (
    <div class="notices" role="status">
      {notice(player)}
    </div>
  );
}

function notice(player: Player) {
  const t = texts.value;
  const current = status.value;
  if (player.reconnecting.value) return <Working key="line" text={t.reconnecting} />;
  if (isMomentGone.value) {
    return (
      <p class="notice" key="gone">
        <WarningIcon size={18} />
        {pastTexts.value.momentGone}
      </p>
    );
  }
  // What happens to the screen does not happen to whoever watches its past.
  const isHere = !player.inPast.value;
  if (isHere && current?.wanted) {
    return (
      <p class="notice notice-zap" key={`wanted-${current.wanted.id}`}>
        <span class="notice-arrow" aria-hidden="true">
          →
        </span>
        <strong aria-hidden="true">{current.wanted.label}…</strong>
        <span class="hidden-text">{t.switchingTo(current.wanted.label)}</span>
      </p>
    );
  }
  if (isHere && pauseNote.value !== null) {
    return (
      <p class="notice" key="paused">
        <PauseIcon size={18} />
        {pauseNote.value}
      </p>
    );
  }
  if (isHere && current?.state === 'recovering') {
    const { attempt } = current;
    return <Working key="recovering" text={attempt ? t.recovering(attempt.number) : t.recoveringPlain} />;
  }
  if (failure.value !== '' && panel.value !== 'remote') {
    return (
      <p class="notice" key="failure">
        <WarningIcon size={18} />
        {failure.value}
      </p>
    );
  }
  if (isHere && current?.stands_in_for && announced.value) {
    return (
      <p class="notice" key="stand-in">
        <WarningIcon size={18} />
        {current.stands_in_for.message}
      </p>
    );
  }
  if (player.undecodable.value) {
    return (
      <p class="notice" key="undecodable">
        <WarningIcon size={18} />
        {t.mediaError}
      </p>
    );
  }
  return null;
}

function Working({ text }: { readonly text: string }) {
  return (
    <p class="notice">
      <span class="spinner" aria-hidden="true" />
      {text}
    </p>
  );
}
