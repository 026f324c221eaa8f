import { clockTime } from '../common/format.ts';
import { locale } from '../common/language.ts';
import { applyChange } from './apply-change.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { PlayOnScreenButton } from './play-on-screen-button.tsx';
import { endRecording } from './record-programme.ts';
import { editRecording } from './recording-dialog.tsx';
import { RecordingLink } from './recording-link.tsx';
import { recordingTexts } from './recording-texts.ts';
import { loadRecordings } from './recordings.ts';
import { type Recording, recordingsApi } from './recordings-api.ts';

/** Minutes by which a running recording is extended. */
const MORE = [15, 30, 60] as const;

interface ButtonsProps {
  readonly recording: Recording;
}

/** What can be done with a recording in its state; whoever may not change it can play and download. */
export function RecordingButtons({ recording }: ButtonsProps) {
  const { may_change: mayChange } = recording;
  switch (recording.state) {
    case 'waiting':
    case 'recording':
      return (
        <>
          {recording.state === 'recording' && <PlayLink recording={recording} />}
          {recording.state === 'recording' && <PlayOnScreenButton recording={recording} />}
          <RecordingLink recording={recording} />
          {mayChange && !recording.from_archive && <RunningButtons recording={recording} />}
          {mayChange && recording.from_archive && <DeleteButton recording={recording} />}
        </>
      );
    case 'planned':
      return mayChange ? <PlannedButtons recording={recording} /> : null;
    case 'finishing':
      return null;
    case 'done':
    case 'incomplete':
      return (
        <>
          <FileButtons recording={recording} />
          <PlayOnScreenButton recording={recording} />
          <RecordingLink recording={recording} />
          {mayChange && <ProtectButton recording={recording} />}
          {mayChange && <DeleteButton recording={recording} />}
        </>
      );
    case 'failed':
      return mayChange ? <DeleteButton recording={recording} /> : null;
  }
}

function RunningButtons({ recording }: ButtonsProps) {
  const t = recordingTexts.value;
  const { id, title } = recording;
  const extend = async (minutes: number) => {
    const changing = recordingsApi.change(id, { more_minutes: minutes });
    const stop = await changing.then(
      (changed) => changed.stop,
      () => recording.stop,
    );
    await applyChange(changing, t.extended(title, clockTime(stop, locale.value)), loadRecordings);
  };
  return (
    <>
      {MORE.map((minutes) => (
        <button
          key={minutes}
          type="button"
          class="button button-plain"
          aria-label={t.moreName(minutes, title)}
          onClick={() => void extend(minutes)}
        >
          {t.more(minutes)}
        </button>
      ))}
      <ConfirmButton
        label={t.stop}
        name={t.stopName(title)}
        question={t.stopSure(title)}
        onConfirm={() => void endRecording(recording)}
      />
    </>
  );
}

function PlannedButtons({ recording }: ButtonsProps) {
  const t = recordingTexts.value;
  const { title } = recording;
  return (
    <>
      <button
        type="button"
        class="button button-plain"
        aria-haspopup="dialog"
        aria-label={t.editName(title)}
        onClick={() => editRecording(recording)}
      >
        {t.edit}
      </button>
      <ConfirmButton
        label={t.cancelRecording}
        name={t.cancelName(title)}
        question={t.cancelSure(title)}
        onConfirm={() => void endRecording(recording)}
      />
    </>
  );
}

/** To the page that plays it, also from the beginning while it still runs. */
function PlayLink({ recording: { title, page } }: ButtonsProps) {
  const t = recordingTexts.value;
  if (page === null) return null;
  return (
    <a class="button button-main" href={page} target="_blank" rel="noreferrer" aria-label={t.playName(title)}>
      {t.play}
    </a>
  );
}

function FileButtons({ recording }: ButtonsProps) {
  const t = recordingTexts.value;
  const { title, url } = recording;
  if (url === null) return null;
  return (
    <>
      <PlayLink recording={recording} />
      <a class="button button-plain" href={url} download="" aria-label={t.downloadName(title)}>
        {t.download}
      </a>
    </>
  );
}

function ProtectButton({ recording: { id, title, protected: isProtected } }: ButtonsProps) {
  const t = recordingTexts.value;
  const done = isProtected ? t.unprotected(title) : t.protected(title);
  return (
    <button
      type="button"
      class="button button-plain recording-protect"
      aria-pressed={isProtected}
      aria-label={t.protectName(title)}
      title={t.protectHint}
      onClick={() =>
        void applyChange(recordingsApi.change(id, { protected: !isProtected }), done, loadRecordings)
      }
    >
      {t.protect}
    </button>
  );
}

function DeleteButton({ recording: { id, title } }: ButtonsProps) {
  const t = recordingTexts.value;
  return (
    <ConfirmButton
      label={t.delete}
      name={t.deleteName(title)}
      question={t.deleteSure(title)}
      onConfirm={() => void applyChange(recordingsApi.remove(id), t.deleted(title), loadRecordings)}
    />
  );
}
