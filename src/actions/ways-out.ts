import { isOver, type Recording } from '../domain/recording.ts';
import type { RecordingShortage, WayOut } from '../domain/recording-shortage.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { writeAudit } from './audit.ts';
import { keeperOfRecording } from './kept-recording.ts';
import { type RecordContext, removeRecording } from './record.ts';
import { mayChange, requireOwn } from './recording-quota.ts';
import { holdersOf, type ShortageContext } from './recording-shortage.ts';
import type { Requester } from './rights.ts';

export interface WaysOutContext extends RecordContext, ShortageContext {
  readonly recordings: RecordContext['recordings'] &
    ShortageContext['recordings'] &
    Pick<Recordings, 'get' | 'takeFromArchive' | 'recordFromNow' | 'dropMargins'>;
  readonly catalogue: RecordContext['catalogue'];
  readonly clock: RecordContext['clock'];
}

/**
 * What helps where a recording may get no connection, the best first; nothing where that is not to be expected. Other accounts
 * that have the channel are no choice: the recording takes one of them by itself, and so there is no shortage.
 */
export function waysOutOf(
  context: WaysOutContext,
  by: Requester,
  recording: Recording,
  shortage: RecordingShortage | null,
): WayOut[] {
  if (!shortage || shortage.kind === 'single') return [];
  return [
    ...(keeperOfRecording(context, recording) ? (['archive'] as const) : []),
    ...(shortage.kind === 'then' && shortened(context, by, recording) ? (['shorter'] as const) : []),
    'give_up',
  ];
}

/**
 * Takes a way out for a recording.
 * @returns the recordings that it has changed. @throws AppError not_your_recording, archive_missing, and as `Recordings`
 */
export async function takeWayOut(
  context: WaysOutContext,
  by: Requester,
  id: number,
  way: WayOut,
): Promise<Recording[]> {
  const { recordings } = context;
  const recording = recordings.get(id);
  requireOwn(by, recording);
  switch (way) {
    case 'give_up':
      await removeRecording(context, by, recording);
      return [recording];
    case 'archive': {
      const changed = await recordings.takeFromArchive(id, keeperOfRecording(context, recording));
      writeAudit(context, by, 'recording_changed', changed.title);
      return [changed];
    }
    case 'shorter': {
      const changed = (shortened(context, by, recording) ?? [recording]).map((each) =>
        recordings.dropMargins(each.id),
      );
      for (const { title } of changed) writeAudit(context, by, 'recording_changed', title);
      return changed;
    }
  }
}

/** Records from now on what was to be taken from the archive. @throws AppError not_your_recording, and as `Recordings.recordFromNow` */
export function recordFromNow(context: WaysOutContext, by: Requester, id: number): Recording {
  requireOwn(by, context.recordings.get(id));
  const changed = context.recordings.recordFromNow(id);
  writeAudit(context, by, 'recording_changed', changed.title);
  return changed;
}

/**
 * The recordings that must lose the minutes before and after their programmes, so that there is a connection for one: itself,
 * or also those in its way that the person may change. Null where that does not help.
 */
function shortened(context: WaysOutContext, by: Requester, recording: Recording): Recording[] | null {
  const own = withoutMargins(recording);
  if (!own) return null;
  const others = context.recordings.all().filter(({ id }) => id !== recording.id);
  if (holdersOf(context, own, others) === null) return [recording];
  const rivals = others
    .filter((each) => !isOver(each) && each.start < recording.stop && each.stop > recording.start)
    .filter((each) => mayChange(by, each));
  const short = others.map((each) => (rivals.includes(each) ? (withoutMargins(each) ?? each) : each));
  return holdersOf(context, own, short) === null
    ? [recording, ...rivals.filter((each) => withoutMargins(each))]
    : null;
}

/** Null where there is nothing to lose. */
function withoutMargins(recording: Recording): Recording | null {
  const { programme, state, isFromArchive } = recording;
  if (!programme || isFromArchive) return null;
  const start = state === 'planned' ? Math.max(recording.start, programme.start) : recording.start;
  const stop = Math.min(recording.stop, programme.stop);
  return start === recording.start && stop === recording.stop ? null : { ...recording, start, stop };
}
