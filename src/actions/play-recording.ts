import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { PastProgramme } from '../domain/past-programme.ts';
import { hasFile, isUnderWay, type Recording } from '../domain/recording.ts';
import type { Recordings } from '../recordings/recordings.ts';

export interface RecordedContext {
  readonly catalogue: Pick<Catalogue, 'snapshot'>;
  readonly recordings: Pick<Recordings, 'get'>;
}

/** A recording from its beginning, and its channel, which may have left the list. */
export interface Recorded {
  readonly channel: Channel;
  readonly past: PastProgramme;
}

/** Whether there is something to show of a recording. */
export function isPlayable(recording: Recording): boolean {
  return hasFile(recording) || (isUnderWay(recording) && recording.state !== 'waiting');
}

/** @throws AppError recording_unknown, recording_not_ready */
export function findRecorded({ catalogue, recordings }: RecordedContext, id: number): Recorded {
  const recording = recordings.get(id);
  if (!isPlayable(recording)) throw new AppError('recording_not_ready');
  const { channelId, channelName, title, start: from, stop, holes } = recording;
  const missing = holes.reduce((sum, hole) => sum + (hole.to - hole.from), 0);
  return {
    channel: catalogue.snapshot().byId.get(channelId) ?? gone({ channelId, channelName }),
    past: { from, to: stop - missing, start: from, title, recording: id },
  };
}

function gone({ channelId: id, channelName: name }: Pick<Recording, 'channelId' | 'channelName'>): Channel {
  return { id, name, number: null, categoryId: null, logo: null, epgId: null, archiveDays: 0 };
}
