import type { TitleSource } from '../catalogue/channel-title.ts';
import type { AccountInUse } from '../domain/account-in-use.ts';
import { type Asker, asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import { accountOf, ownIdOf } from '../domain/ids.ts';
import type { PastProgramme } from '../domain/past-programme.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { ChannelUnavailable } from './channel-unavailable.ts';
import { type PlayRequest, type Question, questionBefore, SwitchQuestion } from './etiquette.ts';
import { type InterruptionContext, recordingInterruptedBy } from './interrupted-recording.ts';
import { keeperOfRecording } from './kept-recording.ts';
import { type ArchiveContext, findKeptProgramme } from './past-programme.ts';
import { findRecorded } from './play-recording.ts';
import { realReason } from './real-reason.ts';
import { type ListContext, requireList } from './require-list.ts';
import { type Requester, requireControl } from './rights.ts';
import { titledError } from './titled-error.ts';

export interface PlayContext extends AuditContext, ListContext, ArchiveContext, InterruptionContext {
  readonly recordings: InterruptionContext['recordings'] & Pick<Recordings, 'get'>;
  readonly catalogue: ListContext['catalogue'] & TitleSource['catalogue'];
  readonly accounts: readonly AccountInUse[];
  readonly etiquette: Etiquette;
  readonly logger: Pick<Logger, 'info'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  /** Told of each switch that has succeeded. @param seconds from the wish to the first segment */
  readonly onSwitch: (seconds: number) => void;
}

/** Errors of a request that gave way to another one: the channel is not to blame. */
const yieldedCodes: ReadonlySet<ErrorCode> = new Set(['superseded', 'overtaken', 'called_off']);

/**
 * Puts a channel on a shared screen, if the requester may.
 * @param onOpening called with the channel before it is opened, where another one or none is on air.
 * @returns the status once the channel is on air.
 * @throws SwitchQuestion where the requester has to confirm the switch first.
 * @throws AppError not_allowed, controllers_only, and as `playWithoutAsking`.
 */
export async function play(
  context: PlayContext,
  screen: Pick<Screen, 'id' | 'facts' | 'broadcast'>,
  by: Requester,
  request: PlayRequest,
  onOpening: (channel: Channel) => void = () => {},
): Promise<BroadcastStatus> {
  requireControl(by, 'play', screen);
  const wanted = await findWanted(context, request);
  const question = questionBeforePlay(context, screen, by, request, wanted);
  if (question) throw new SwitchQuestion(question);
  if (request.isRecordedAfterwards) await recordAfterwards(context, screen, by, wanted);
  const { channel, past } = wanted;
  if (past || screen.broadcast.status.channel?.id !== channel.id) onOpening(channel);
  return playWithoutAsking(context, screen, asker(by), wanted);
}

/** What somebody wants to see: a channel as it comes, one of its past programmes, or a recording. */
export interface Wanted {
  readonly channel: Channel;
  readonly past: PastProgramme | null;
}

/** @throws AppError channel_not_found, as `requireList`, as `findKeptProgramme`, and as `findRecorded`. */
export async function findWanted(
  context: Pick<PlayContext, 'catalogue' | 'provider' | 'guide' | 'clock' | 'recordings'>,
  { channelId, from, recording }: Pick<PlayRequest, 'channelId' | 'from' | 'recording'>,
): Promise<Wanted> {
  if (recording !== undefined) return findRecorded(context, recording);
  const channel = context.catalogue.snapshot().byId.get(channelId);
  if (!channel) {
    await requireList(context);
    throw new AppError('channel_not_found', { channelId: ownIdOf(channelId) });
  }
  return from === undefined ? { channel, past: null } : findKeptProgramme(context, channel, from);
}

/**
 * The question that `play` would throw; null where it would ask nothing.
 * @throws AppError not_allowed, controllers_only, channel_not_found
 */
export function questionBeforePlay(
  context: PlayContext,
  screen: Pick<Screen, 'facts' | 'broadcast'>,
  by: Requester,
  request: PlayRequest,
  wanted: Wanted,
): Question | null {
  requireControl(by, 'play', screen);
  const { catalogue, etiquette } = context;
  const { channel, past } = wanted;
  const interrupted = recordingInterruptedBy(context, screen, toWish(wanted));
  return questionBefore(by, request, {
    ...{ etiquette, status: screen.broadcast.status, catalogue, wanted: channel, past },
    interrupted: interrupted && {
      ...{ id: interrupted.id, title: interrupted.title, stop: interrupted.stop },
      isKept: keeperOfRecording(context, interrupted) !== null,
    },
  });
}

/** Whoever may switch may also save the recording that the switch would interrupt. */
async function recordAfterwards(
  context: PlayContext,
  screen: Pick<Screen, 'broadcast'>,
  by: Requester,
  wanted: Wanted,
): Promise<void> {
  const recording = recordingInterruptedBy(context, screen, toWish(wanted));
  if (!recording) return;
  await context.recordings.takeFromArchive(recording.id, keeperOfRecording(context, recording));
  writeAudit(context, asker(by), 'recording_changed', recording.title);
}

function toWish({ channel, past }: Wanted) {
  return { channelId: channel.id, name: channel.name, ...(past ? { past } : {}) };
}

/**
 * Puts a channel on a shared screen, whoever may be disturbed: the room has agreed.
 * @param askedBy the person who wants it, as others may read it.
 * @throws AppError superseded, overtaken or called_off where it gave way.
 * @throws ChannelUnavailable why the channel could not be opened.
 */
export async function playWithoutAsking(
  context: PlayContext,
  { id: screen, broadcast }: Pick<Screen, 'id' | 'broadcast'>,
  askedBy: Asker,
  wanted: Wanted,
): Promise<BroadcastStatus> {
  const { provider, logger, clock } = context;
  const { channel, past } = wanted;
  const { id: channelId, name } = channel;
  logger.info({ screen, channelId, askedBy: askedBy.id, isPast: past !== null }, 'channel asked for');
  const wishedAt = clock.monotonic();
  const { startedAt } = broadcast.status;
  try {
    const status = await broadcast.play(toWish(wanted), askedBy);
    // It may have been on air already.
    if (status.startedAt !== startedAt) context.onSwitch((clock.monotonic() - wishedAt) / 1000);
    writeAudit(context, askedBy, 'play', past?.title ? `${name} · ${past.title}` : name, screen);
    return status;
  } catch (error) {
    const account = context.accounts.find(({ id }) => id === accountOf(channelId));
    const reason = titledError(context, await realReason(error, account?.provider ?? provider));
    if (!(reason instanceof AppError) || yieldedCodes.has(reason.code)) throw reason;
    throw new ChannelUnavailable(channel, reason);
  }
}
