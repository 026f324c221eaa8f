import { minute } from '../common/clock.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import type { Programme, Span } from '../common/contract/guide.ts';
import { timeRange } from '../common/format.ts';
import { FromStartIcon, RecordIcon } from '../common/icons.tsx';
import { locale, texts } from '../common/language.ts';
import { isKept } from '../common/past.ts';
import { may } from '../common/session.ts';
import { broadcast } from './broadcast.ts';
import { showProgramme } from './programme-dialog.tsx';
import { recordingOfProgramme } from './record-programme.ts';
import { recordingTexts } from './recording-texts.ts';
import { percent, placeOf } from './timeline.ts';

/** The share of the grid below which a cell has no room for a button, and for two. */
const NARROW = 0.04;
const NARROW_FOR_TWO = 0.08;

interface CellProps {
  readonly group: ChannelGroup;
  readonly programme: Programme;
  readonly span: Span;
}

/**
 * One programme: a click puts the channel on air if it runs, shows it from the start if it is over, and tells of it if it is
 * still to come. A running one has buttons of its own to see it from the start and to record it.
 */
export function GuideCell({ group, programme, span }: CellProps) {
  const place = placeOf(programme, span);
  if (!place) return null;
  const { title, description, start, stop } = programme;
  const times = timeRange(start, stop, locale.value);
  const style = { left: percent(place.left), width: percent(place.width) };
  const hint = [times, title, description].filter((text) => text !== '').join('\n');
  const isOver = Date.parse(stop) <= minute.value;
  const recording = isOver ? null : recordingOfProgramme(group, programme);
  const content = (
    <>
      <strong>
        {recording && (
          <span class="record-mark" aria-hidden="true">
            ●{' '}
          </span>
        )}
        {title}
      </strong>
      <small>{times}</small>
      {recording && <span class="hidden-text">{recordingTexts.value.states[recording.state]}</span>}
    </>
  );
  const isAgain = isKept(group.archive_days, start, minute.value);
  if (isOver && !isAgain) {
    return (
      <div class="guide-cell" style={style} title={hint}>
        {content}
      </div>
    );
  }
  if (Date.parse(start) > minute.value) {
    return (
      <button
        type="button"
        class="guide-cell guide-cell-next"
        style={style}
        title={hint}
        aria-haspopup="dialog"
        onClick={() => showProgramme(group, programme)}
      >
        {content}
      </button>
    );
  }
  const again = texts.value.fromTheStart(title);
  const { recordName, recordingOf } = recordingTexts.value;
  const record = recording ? recordingOf(title) : recordName(title);
  const isAgainHere = isAgain && !isOver && place.width > NARROW;
  const isRecordHere = may('record') && !isOver && place.width > (isAgainHere ? NARROW_FOR_TWO : NARROW);
  const room = `${isAgainHere ? 'guide-cell-again' : ''} ${isRecordHere ? 'guide-cell-record' : ''}`;
  return (
    <>
      <button
        type="button"
        class={`guide-cell ${isOver ? 'guide-cell-past' : 'guide-cell-now'} ${room}`}
        data-arrow-start={isOver ? undefined : ''}
        style={style}
        title={isOver ? `${again}\n${hint}` : hint}
        onClick={() => void broadcast(group, { from: isOver ? start : undefined })}
      >
        {content}
        <span class="hidden-text">{isOver ? again : texts.value.broadcastChannel(group.name)}</span>
      </button>
      {isAgainHere && (
        <button
          type="button"
          class="guide-again"
          style={{ left: percent(place.left) }}
          aria-label={again}
          title={again}
          onClick={() => void broadcast(group, { from: start })}
        >
          <FromStartIcon size={16} />
        </button>
      )}
      {isRecordHere && (
        <button
          type="button"
          class={`guide-again guide-record ${recording ? 'guide-recorded' : ''}`}
          style={{ left: percent(place.left + place.width) }}
          aria-label={record}
          aria-haspopup="dialog"
          title={record}
          onClick={() => showProgramme(group, programme)}
        >
          <RecordIcon size={16} />
        </button>
      )}
    </>
  );
}
