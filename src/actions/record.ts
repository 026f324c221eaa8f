import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { Channel, Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import { type ChannelId, ownIdOf } from '../domain/ids.ts';
import { isOver, type RecordedProgramme, type Recording } from '../domain/recording.ts';
import { plainText } from '../lib/plain-text.ts';
import type { RecordingEdit, Recordings } from '../recordings/recordings.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { withGuide } from './past-programme.ts';
import { type ListContext, requireList } from './require-list.ts';
import { type Requester, requireRole } from './rights.ts';

export interface RecordContext extends AuditContext, ListContext {
  readonly recordings: Pick<Recordings, 'all' | 'plan' | 'change' | 'remove'>;
  readonly catalogue: ListContext['catalogue'] & Pick<Catalogue, 'groupOf'>;
  readonly guide: Pick<Guide, 'between'>;
}

/** A channel from one time to another, in epoch milliseconds. */
export interface RecordWish {
  readonly channelId: ChannelId;
  /** Absent: now. */
  readonly start?: number | undefined;
  readonly stop: number;
  /** Absent: the programme that the guide has at that time, else the channel. */
  readonly title?: string | undefined;
  /** The programme that is meant, where the times are its own. */
  readonly programme?: Programme | undefined;
}

/** Milliseconds to wait for the provider's guide. */
const PATIENCE = 4_000;
const LONGEST_TITLE = 200;

/** Plans a recording, which begins at once if it is due. @throws AppError not_allowed, channel_not_found, recording_exists, as `requireList`, and as `Recordings.plan` */
export async function record(context: RecordContext, by: Requester, wish: RecordWish): Promise<Recording> {
  requireRole(by, 'record');
  await requireList(context);
  const { catalogue, recordings, clock } = context;
  const { channelId, stop } = wish;
  const channel = catalogue.snapshot().byId.get(channelId);
  if (!channel) throw new AppError('channel_not_found', { channelId: ownIdOf(channelId) });
  const start = wish.start ?? clock.now();
  const programme = wish.programme ?? (await programmeIn(context, channel, start, stop));
  const span = { start: Math.max(start, clock.now()), stop };
  const known = recordings.all().find((each) => covers(each, { channelId, ...span }));
  if (known) throw new AppError('recording_exists', { title: known.title });
  const planned = recordings.plan(
    {
      channel: { channelId, channelName: channel.name },
      title: titleOf(wish.title) ?? programme?.title ?? labelOf(context, channel),
      ...{ start, stop, isFollowing: wish.programme !== undefined },
      programme: programme && toRecorded(programme),
    },
    by,
  );
  writeAudit(context, by, 'recording_planned', planned.title);
  return planned;
}

/** Changes a recording. @throws AppError not_allowed, and as `Recordings.change` */
export function changeRecording(
  context: RecordContext,
  by: Requester,
  id: number,
  { title, ...edit }: RecordingEdit,
): Recording {
  requireRole(by, 'record');
  const called = titleOf(title);
  const changed = context.recordings.change(id, { ...edit, ...(called === null ? {} : { title: called }) });
  writeAudit(context, by, 'recording_changed', changed.title);
  return changed;
}

/** Ends a recording and deletes it. @throws AppError not_allowed, and as `Recordings.remove` */
export async function removeRecording(
  context: RecordContext,
  by: Requester,
  { id, title }: Pick<Recording, 'id' | 'title'>,
): Promise<void> {
  requireRole(by, 'record');
  await context.recordings.remove(id);
  writeAudit(context, by, 'recording_removed', title);
}

/** Whether a recording that is not over has all of a time of a channel. */
function covers(
  recording: Recording,
  { channelId, start, stop }: Pick<Recording, 'channelId' | 'start' | 'stop'>,
): boolean {
  const isSame = recording.channelId === channelId && !isOver(recording);
  return isSame && recording.start <= start && recording.stop >= stop;
}

/** The programme that fills most of a time; null where the guide knows none. */
async function programmeIn(
  context: RecordContext,
  channel: Channel,
  start: number,
  stop: number,
): Promise<Programme | null> {
  if (stop <= start) return null;
  const found = await context.guide.between(withGuide(context, channel), start, stop, PATIENCE);
  const shared = (programme: Programme) => Math.min(programme.stop, stop) - Math.max(programme.start, start);
  return found.toSorted((one, other) => shared(other) - shared(one))[0] ?? null;
}

function toRecorded({ start, stop, subTitle, description, season, episode }: Programme): RecordedProgramme {
  return { start, stop, subTitle, description, season, episode };
}

/** Null where nothing is left of it. */
function titleOf(text: string | undefined): string | null {
  return text === undefined ? null : plainText(text, LONGEST_TITLE) || null;
}
