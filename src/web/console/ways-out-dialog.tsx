import { signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { applyChange } from './apply-change.ts';
import { recordingTexts } from './recording-texts.ts';
import { loadRecordings } from './recordings.ts';
import { type PlannedRecording, recordingsApi, type WayOut } from './recordings-api.ts';

const asked = signal<PlannedRecording | null>(null);

/** Asks what to do about a planned recording that may get no connection, where anything helps. */
export function offerWaysOut(planned: PlannedRecording): void {
  if (planned.ways_out.length > 0) asked.value = planned;
}

/** The warning about a planned recording, and a button for each way out. */
export function WaysOutDialog() {
  return asked.value && <Dialog {...asked.value} />;
}

function Dialog({ id, title, warning, ways_out: ways }: PlannedRecording) {
  const t = recordingTexts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const take = (way: WayOut) => {
    dialog.current?.close();
    void applyChange(requestOf(id, way), t.waysOutDone[way](title), loadRecordings);
  };
  return (
    <dialog
      class="confirm programme-dialog"
      ref={dialog}
      aria-labelledby={heading}
      onClose={() => {
        asked.value = null;
      }}
    >
      <h2 id={heading}>{title}</h2>
      <p class="programme-description">{warning}</p>
      <div class="confirm-buttons">
        {ways.map((way) => (
          <button key={way} type="button" class="button button-plain" onClick={() => take(way)}>
            {t.waysOut[way]}
          </button>
        ))}
        <button type="button" class="button button-main" onClick={() => dialog.current?.close()}>
          {t.leaveAsIs}
        </button>
      </div>
    </dialog>
  );
}

function requestOf(id: number, way: WayOut): Promise<unknown> {
  switch (way) {
    case 'archive':
      return recordingsApi.change(id, { from_archive: true });
    case 'shorter':
      return recordingsApi.change(id, { without_margins: true });
    case 'give_up':
      return recordingsApi.remove(id);
  }
}
