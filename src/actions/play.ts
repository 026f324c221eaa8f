import type { TitleSource } from '../catalogue/channel-title.ts';
import type { AccountInUse } from '../domain/account-in-use.ts';
import { type Asker, asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import { accountOf, ownIdOf } from '../domain/ids.ts';
import type { PastProgramme } from '../domain/past-programme.ts';
import type { Logger } from '../lib/logger.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { ChannelUnavailable } from './channel-unavailable.ts';
import { OthersWatching, type PlayRequest, type Question, questionBefore } from './etiquette.ts';
import { type ArchiveContext, findKeptProgramme } from './past-programme.ts';
import { findRecorded } from './play-recording.ts';
import { realReason } from './real-reason.ts';
import { type ListContext, requireList } from './require-list.ts';
import { type Requester, requireControl } from './rights.ts';
import { titledError } from './titled-error.ts';

export interface PlayContext extends AuditContext, ListContext, ArchiveContext {
  readonly recordings: Pick<Recordings, 'get'>;
  readonly catalogue: ListContext['catalogue'] & TitleSource['catalogue'];
  readonly accounts: readonly AccountInUse[];
  readonly etiquette: Etiquette;
  readonly logger: Pick<Logger, 'info'>;
}

/** Errors of a request that gave way to another one: the channel is not to blame. */
const yieldedCodes: ReadonlySet<ErrorCode> = new Set(['superseded', 'overtaken', 'called_off']);

/**
 * Puts a channel on a shared screen, if the requester may.
 * @param onOpening called with the channel before it is opened, where another one or none is on air.
 * @returns the status once the channel is on air.
 * @throws OthersWatching where the requester has to confirm the switch first.
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
  if (question) throw new OthersWatching(question);
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
  { catalogue, etiquette }: Pick<PlayContext, 'catalogue' | 'etiquette'>,
  screen: Pick<Screen, 'facts' | 'broadcast'>,
  by: Requester,
  request: PlayRequest,
  { channel, past }: Wanted,
): Question | null {
  requireControl(by, 'play', screen);
  const { status } = screen.broadcast;
  return questionBefore(by, request, { etiquette, status, catalogue, wanted: channel, past });
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
  { channel, past }: Wanted,
): Promise<BroadcastStatus> {
  const { provider, logger } = context;
  const { id: channelId, name } = channel;
  logger.info({ screen, channelId, askedBy: askedBy.id, isPast: past !== null }, 'channel asked for');
  try {
    const status = await broadcast.play({ channelId, name, ...(past ? { past } : {}) }, askedBy);
    writeAudit(context, askedBy, 'play', past?.title ? `${name} · ${past.title}` : name, screen);
    return status;
  } catch (error) {
    const account = context.accounts.find(({ id }) => id === accountOf(channelId));
    const reason = titledError(context, await realReason(error, account?.provider ?? provider));
    if (!(reason instanceof AppError) || yieldedCodes.has(reason.code)) throw reason;
    throw new ChannelUnavailable(channel, reason);
  }
}
