import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import { withGuide } from '../catalogue/guide/with-guide.ts';
import type { Channel, Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import { type ChannelId, ownIdOf } from '../domain/ids.ts';
import {
  isOver,
  type RecordedProgramme,
  type Recording,
  type RecordingMargins,
} from '../domain/recording.ts';
import { plainText } from '../lib/plain-text.ts';
import type { RecordingEdit, Recordings } from '../recordings/recordings.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { keeperOfRecording } from './kept-recording.ts';
import { type RecordingQuota, requireOwn, requireRecord, requireRoomToRecord } from './recording-quota.ts';
import { type ListContext, requireList } from './require-list.ts';
import type { Requester } from './rights.ts';

export interface RecordContext extends AuditContext, ListContext, RecordingQuota {
  readonly recordings: Pick<Recordings, 'all' | 'plan' | 'change' | 'remove'>;
  readonly catalogue: ListContext['catalogue'] & Pick<Catalogue, 'groupOf'>;
  readonly guide: Pick<Guide, 'between'>;
  readonly recordingMargins: RecordingMargins;
}

/** A channel from one time to another, in epoch milliseconds, or one of its programmes. */
export type RecordWish = {
  readonly channelId: ChannelId;
  /** Absent: the programme that the guide has at that time, else the channel. */
  readonly title?: string | undefined;
  /**
   * Whether it is taken from the provider's archive. Absent: if it is over, or a programme whose beginning only the archive has.
   */
  readonly isFromArchive?: boolean | undefined;
} & (
  | {
      /** Absent: now. */
      readonly start?: number | undefined;
      readonly stop: number;
    }
  /** With the usual margins; its times follow the guide. */
  | { readonly programme: Programme }
);

/** Milliseconds to wait for the provider's guide. */
const PATIENCE = 4_000;
const LONGEST_TITLE = 200;

/** Milliseconds of a programme that may be missed before it is taken from the archive instead. */
const JUST_BEGUN = 120_000;

/** Plans a recording, which begins at once if it is due. @throws AppError recordings_quota, channel_not_found, recording_exists, recording_past, archive_missing, as `requireList`, and as `Recordings.plan` */
export async function record(context: RecordContext, by: Requester, wish: RecordWish): Promise<Recording> {
  requireRecord(by, context);
  await requireList(context);
  const { catalogue, recordings, clock } = context;
  const { channelId } = wish;
  const channel = catalogue.snapshot().byId.get(channelId);
  if (!channel) throw new AppError('channel_not_found', { channelId: ownIdOf(channelId) });
  const isProgramme = 'programme' in wish;
  const span = isProgramme ? withMargins(wish.programme, context) : toSpan(wish, clock.now());
  const programme = isProgramme ? wish.programme : await programmeIn(context, channel, span);
  const keeper = archiveFor(context, wish, span);
  const start = keeper ? span.start : Math.max(span.start, clock.now());
  const isToCome = start < span.stop;
  const known = recordings
    .all()
    .find((each) => isToCome && covers(each, { channelId, start, stop: span.stop }));
  if (known) throw new AppError('recording_exists', { title: known.title });
  requireRoomToRecord(context, by);
  const planned = recordings.plan(
    {
      channel: keeper
        ? { channelId: keeper.id, channelName: keeper.name }
        : { channelId, channelName: channel.name },
      title: titleOf(wish.title) ?? programme?.title ?? labelOf(context, channel),
      ...{ ...span, isFollowing: isProgramme, isFromArchive: keeper !== null },
      programme: programme && toRecorded(programme),
    },
    by,
  );
  writeAudit(context, by, 'recording_planned', planned.title);
  return planned;
}

/** The variant whose archive a recording is taken from; null for the channel as it comes. @throws AppError recording_past, archive_missing */
function archiveFor(
  context: RecordContext,
  wish: RecordWish,
  span: Pick<Recording, 'start' | 'stop'>,
): Channel | null {
  const now = context.clock.now();
  const isPast = ('programme' in wish ? wish.programme.stop : span.stop) <= now;
  const isMissed = 'programme' in wish && wish.programme.start < now - JUST_BEGUN;
  if (!(wish.isFromArchive ?? (isPast || isMissed))) return null;
  const keeper = keeperOfRecording(context, { channelId: wish.channelId, ...span });
  if (keeper) return keeper;
  if (wish.isFromArchive) throw new AppError('archive_missing');
  // Minutes after a programme are not worth a recording; of other times, `Recordings.plan` says it.
  if (isPast && 'programme' in wish) throw new AppError('recording_past');
  return null;
}

/** Changes a recording. @throws AppError not_your_recording, and as `Recordings.change` */
export function changeRecording(
  context: RecordContext,
  by: Requester,
  id: number,
  { title, ...edit }: RecordingEdit,
): Recording {
  requireOwnRecording(context, by, id);
  const called = titleOf(title);
  const changed = context.recordings.change(id, { ...edit, ...(called === null ? {} : { title: called }) });
  writeAudit(context, by, 'recording_changed', changed.title);
  return changed;
}

/** Ends a recording and deletes it. @throws AppError not_your_recording, and as `Recordings.remove` */
export async function removeRecording(
  context: RecordContext,
  by: Requester,
  { id, title }: Pick<Recording, 'id' | 'title'>,
): Promise<void> {
  requireOwnRecording(context, by, id);
  await context.recordings.remove(id);
  writeAudit(context, by, 'recording_removed', title);
}

/** One that is not there is told by what follows. @throws AppError not_your_recording */
function requireOwnRecording({ recordings }: RecordContext, by: Requester, id: number): void {
  const recording = recordings.all().find((each) => each.id === id);
  if (recording) requireOwn(by, recording);
}

function withMargins({ start, stop }: Programme, { recordingMargins: { before, after } }: RecordContext) {
  return { start: start - before, stop: stop + after };
}

function toSpan({ start, stop }: { start?: number | undefined; stop: number }, now: number) {
  return { start: start ?? now, stop };
}

/** Whether a recording that is not over has all of a time of a channel. */
function covers(
  recording: Recording,
  { channelId, start, stop }: Pick<Recording, 'channelId' | 'start' | 'stop'>,
): boolean {
  const isSame = recording.channelId === channelId && !isOver(recording);
  return isSame && recording.start <= start && recording.stop >= stop;
}

/** The programme that a channel shows at a time. @throws AppError channel_not_found, programme_unknown */
export async function programmeAt(
  context: Pick<RecordContext, 'catalogue' | 'guide'>,
  channelId: ChannelId,
  at: number,
): Promise<Programme> {
  const channel = context.catalogue.snapshot().byId.get(channelId);
  if (!channel) throw new AppError('channel_not_found', { channelId: ownIdOf(channelId) });
  const [found] = await context.guide.between(withGuide(context, channel), at, at + 1, PATIENCE);
  if (!found) throw new AppError('programme_unknown');
  return found;
}

/** The programme that fills most of a time; null where the guide knows none. */
async function programmeIn(
  context: RecordContext,
  channel: Channel,
  { start, stop }: Pick<Recording, 'start' | 'stop'>,
): Promise<Programme | null> {
  if (stop <= start) return null;
  const found = await context.guide.between(withGuide(context, channel), start, stop, PATIENCE);
  const shared = (programme: Programme) => Math.min(programme.stop, stop) - Math.max(programme.start, start);
  return found.toSorted((one, other) => shared(other) - shared(one))[0] ?? null;
}

function toRecorded(programme: Programme): RecordedProgramme {
  const { title, start, stop, subTitle, description, season, episode } = programme;
  return { title, start, stop, subTitle, description, season, episode };
}

/** Null where nothing is left of it. */
function titleOf(text: string | undefined): string | null {
  return text === undefined ? null : plainText(text, LONGEST_TITLE) || null;
}
