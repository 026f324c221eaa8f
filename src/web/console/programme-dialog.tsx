import { signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { ChannelGroup } from '../common/contract/channels.ts';
import type { Programme } from '../common/contract/guide.ts';
import { dayName, timeRange } from '../common/format.ts';
import { language, locale, texts } from '../common/language.ts';
import { may } from '../common/session.ts';
import { RecordButton, RecordingState } from './record-button.tsx';
import { endRecording, recordingOfProgramme } from './record-programme.ts';
import { recordingTexts } from './recording-texts.ts';
import { recordSeries } from './series-dialog.tsx';
import { openView } from './view.ts';

interface ShownProgramme {
  readonly group: ChannelGroup;
  readonly programme: Programme;
}

const shown = signal<ShownProgramme | null>(null);

/** Opens the dialog about a programme of the guide. */
export function showProgramme(group: ChannelGroup, programme: Programme): void {
  shown.value = { group, programme };
}

/** What a programme is about, and whether it is recorded. */
export function ProgrammeDialog() {
  return shown.value && <Dialog {...shown.value} />;
}

function Dialog({ group, programme }: ShownProgramme) {
  const t = recordingTexts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const { title, description, start, stop } = programme;
  const recording = recordingOfProgramme(group, programme);
  const day = dayName(Date.parse(start), language.value, 'long');
  return (
    <dialog
      class="confirm programme-dialog"
      ref={dialog}
      aria-labelledby={id}
      onClose={() => {
        shown.value = null;
      }}
    >
      <h2 id={id}>{title}</h2>
      <p class="programme-facts">
        {group.name} · {day}, {timeRange(start, stop, locale.value)}
      </p>
      {description !== '' && <p class="programme-description">{description}</p>}
      <p class="programme-state" role="status">
        {recording && <RecordingState recording={recording} />}
      </p>
      <div class="confirm-buttons">
        {!recording && <RecordButton group={group} programme={programme} />}
        {recording?.may_change && (
          <button type="button" class="button button-plain" onClick={() => void endRecording(recording)}>
            {recording.state === 'planned' ? t.cancelRecording : t.stop}
          </button>
        )}
        {may('record') && (
          <button
            type="button"
            class="button button-plain"
            aria-haspopup="dialog"
            onClick={() => {
              dialog.current?.close();
              recordSeries(group, title);
            }}
          >
            {t.series.record}
          </button>
        )}
        {recording && (
          <button
            type="button"
            class="button button-plain"
            onClick={() => {
              dialog.current?.close();
              openView('recordings');
            }}
          >
            {t.showRecordings}
          </button>
        )}
        <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
          {texts.value.close}
        </button>
      </div>
    </dialog>
  );
}
