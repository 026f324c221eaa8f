import type { ChannelGroup } from '../common/contract/channels.ts';
import type { Programme } from '../common/contract/guide.ts';
import { applyChange } from './apply-change.ts';
import { recordingOf } from './recording-groups.ts';
import { recordingTexts } from './recording-texts.ts';
import { loadRecordings, recordings } from './recordings.ts';
import { type Recording, recordingsApi } from './recordings-api.ts';
import { offerWaysOut } from './ways-out-dialog.tsx';

/** Records a programme with the usual margins, and shows the outcome as a toast. */
export async function recordProgramme(
  { id }: Pick<ChannelGroup, 'id'>,
  { title, start, stop }: Programme,
): Promise<void> {
  // Its middle: guides of neighbours may overlap by a minute.
  const middle = new Date((Date.parse(start) + Date.parse(stop)) / 2).toISOString();
  const planned = recordingsApi.plan({ channel_id: id, programme: middle });
  const t = recordingTexts.peek();
  const done = await planned.then(
    ({ from_archive: isLater }) => (isLater ? t.waysOutDone.archive(title) : t.planned(title)),
    () => '',
  );
  await applyChange(planned, done, loadRecordings);
  await planned.then(offerWaysOut, () => {});
}

/** Takes back what is planned, or ends what runs. */
export async function endRecording({ id, title, state }: Recording): Promise<void> {
  const t = recordingTexts.peek();
  if (state === 'planned') await applyChange(recordingsApi.remove(id), t.cancelled(title), loadRecordings);
  else await applyChange(recordingsApi.stop(id), t.stopped(title), loadRecordings);
}

/** The planned or running recording of a programme; components that call it follow the recordings. */
export function recordingOfProgramme(
  group: Pick<ChannelGroup, 'variants'>,
  programme: Programme,
): Recording | null {
  return recordingOf(recordings.value?.items ?? [], group, programme);
}
