import { may } from '../common/session.ts';
import { broadcast, pendingChannel } from './broadcast.ts';
import { recordingTexts } from './recording-texts.ts';
import type { Recording } from './recordings-api.ts';

/** Shows a recording from its beginning to everybody. */
export function PlayOnScreenButton({
  recording: { id, title, channel_id: channel },
}: {
  readonly recording: Recording;
}) {
  const t = recordingTexts.value;
  if (!may('play')) return null;
  return (
    <button
      type="button"
      class="button button-plain"
      aria-label={t.onScreenName(title)}
      disabled={pendingChannel.value !== null}
      onClick={() => void broadcast({ id: channel, name: title }, { recording: id })}
    >
      {t.onScreen}
    </button>
  );
}
