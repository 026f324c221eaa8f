import { useState } from 'preact/hooks';
import { minute } from '../common/clock.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import type { Programme } from '../common/contract/guide.ts';
import { isKept } from '../common/past.ts';
import { may } from '../common/session.ts';
import { recordingOfProgramme, recordProgramme } from './record-programme.ts';
import { recordingTexts } from './recording-texts.ts';
import type { Recording } from './recordings-api.ts';

interface RecordButtonProps {
  readonly group: ChannelGroup;
  readonly programme: Programme;
}

/** Records a programme that is not over, or that the archive has; where it is planned or running already, it says so. */
export function RecordButton({ group, programme }: RecordButtonProps) {
  const t = recordingTexts.value;
  const [isBusy, setBusy] = useState(false);
  const recording = recordingOfProgramme(group, programme);
  if (recording) return <RecordingState recording={recording} />;
  if (!may('record') || isLost(group, programme)) return null;
  const record = async () => {
    if (isBusy) return;
    setBusy(true);
    await recordProgramme(group, programme);
    setBusy(false);
  };
  return (
    <button
      type="button"
      class="button button-plain"
      aria-label={t.recordName(programme.title)}
      aria-busy={isBusy}
      onClick={() => void record()}
    >
      {t.record}
    </button>
  );
}

/** Whether a programme is over, and in no archive. */
function isLost({ archive_days: days }: ChannelGroup, { start, stop }: Programme): boolean {
  return Date.parse(stop) <= minute.value && !isKept(days, start, minute.value);
}

/** The state of a planned or running recording in words. */
export function RecordingState({ recording: { state } }: { readonly recording: Recording }) {
  return (
    <span class={`badge ${state === 'planned' ? '' : 'badge-live'}`}>
      <span class="record-mark" aria-hidden="true">
        ●
      </span>{' '}
      {recordingTexts.value.states[state]}
    </span>
  );
}
