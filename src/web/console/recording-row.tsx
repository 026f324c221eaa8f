import type { ComponentChildren } from 'preact';
import { minute } from '../common/clock.ts';
import { clockTime, dayName, duration, exactTime, fileSize, progress, timeRange } from '../common/format.ts';
import { language, locale, texts } from '../common/language.ts';
import { RecordingButtons } from './recording-buttons.tsx';
import { recordingTexts } from './recording-texts.ts';
import type { Recording } from './recordings-api.ts';

/** Holes that are told one by one. */
const MOST_HOLES = 3;

/** One recording: when, what, how it went, and what can be done with it. */
export function RecordingRow({ recording }: { readonly recording: Recording }) {
  const { title, start, state, reason, holes } = recording;
  return (
    <li class="recording">
      <time datetime={start}>
        <span class="title-hit-day">{dayName(Date.parse(start), language.value, 'short')}</span>
        {clockTime(start, locale.value)}
      </time>
      <span class="title-hit">
        <strong>{title}</strong>
        <span>{factsOf(recording).join(' · ')}</span>
        {holes.length > 0 && <span>{missing(holes)}</span>}
        {reason && <span class="recording-reason">{reason.message}</span>}
      </span>
      <Badge state={state} />
      {recording.may_change || recording.url !== null || recording.playlist !== null ? (
        <span class="recording-buttons">
          <RecordingButtons recording={recording} />
        </span>
      ) : null}
      <Progress recording={recording} />
    </li>
  );
}

/** The states that the heading of the group does not tell. */
function Badge({ state }: Pick<Recording, 'state'>): ComponentChildren {
  if (state !== 'recording' && state !== 'waiting' && state !== 'finishing' && state !== 'incomplete')
    return null;
  return (
    <span class={`badge ${state === 'recording' ? 'badge-live' : ''}`}>
      {recordingTexts.value.states[state]}
    </span>
  );
}

function Progress({
  recording: { state, start, stop, from_archive: isFromArchive },
}: {
  readonly recording: Recording;
}) {
  const done = progress({ start, stop }, minute.value);
  if (done === null || isFromArchive || (state !== 'recording' && state !== 'waiting')) return null;
  return (
    <progress
      class="edge"
      max={100}
      value={Math.round(done * 100)}
      aria-label={texts.value.programmeProgress}
    />
  );
}

function factsOf(recording: Recording): string[] {
  const t = recordingTexts.value;
  const { units } = texts.value;
  const { channel_label: channel, start, stop, state, bytes, asked_by: by } = recording;
  const length = Date.parse(stop) - Date.parse(start);
  const isOver = recording.url !== null || state === 'failed';
  const isRunning = !recording.from_archive && (state === 'recording' || state === 'waiting');
  const facts = [
    channel,
    timeRange(start, stop, locale.value),
    isRunning && t.left(duration(Date.parse(stop) - minute.value, units)),
    !isRunning && duration(length, units),
    bytes > 0 && fileSize(bytes, language.value),
    recording.from_archive && t.fromArchive,
    recording.follows_guide && !isOver && t.follows,
    by !== null && (by === 'console' ? texts.value.askedHere : texts.value.askedBy(by)),
  ];
  return facts.filter((fact) => fact !== false);
}

function missing(holes: Recording['holes']): string {
  const t = recordingTexts.value;
  const shown = holes
    .slice(0, MOST_HOLES)
    .map(({ from, to }) => `${exactTime(from, locale.value)} – ${exactTime(to, locale.value)}`);
  const more = holes.length - shown.length;
  return t.missing(shown.join(', ') + (more > 0 ? ` ${t.moreHoles(more)}` : ''));
}
