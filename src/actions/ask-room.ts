import { asker, type Language } from '../domain/actor.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { PlayRequest } from './etiquette.ts';
import { findWanted, type PlayContext, playWithoutAsking, questionBeforePlay } from './play.ts';
import { type Requester, requireRole } from './rights.ts';
import type { Votes } from './votes.ts';

export interface AskRoomContext extends PlayContext {
  readonly votes: Pick<Votes, 'open'>;
}

/** What a room is to vote on. */
export interface Motion extends Pick<PlayRequest, 'channelId' | 'from' | 'recording'> {
  /** The channel on air that the requester was asked about. */
  readonly insteadOf: ChannelId;
  readonly language: Language;
}

/**
 * Lets a room vote on a channel that would disturb those who watch its screen; the channel is played if it wins.
 * @returns null where there is nothing to vote on any more, since that channel is not on air or nobody watches it.
 * @throws AppError not_allowed, controllers_only, channel_not_found
 */
export async function askRoom(
  context: AskRoomContext,
  screen: Pick<Screen, 'id' | 'facts' | 'broadcast'>,
  by: Requester,
  { insteadOf, language, ...request }: Motion,
): Promise<ReturnType<Votes['open']> | null> {
  requireRole(by, 'vote');
  const chosen = await findWanted(context, request);
  const question = questionBeforePlay(context, screen, by, request, chosen);
  if (!question?.onAir || question.onAir.id !== insteadOf) return null;
  const { wanted, onAir, askedBy, viewers } = question;
  const person = asker(by);
  return context.votes.open({
    screen: screen.id,
    by: person,
    wanted: wanted.label,
    onAir: { name: onAir.label, askedBy, viewers },
    language,
    isMoot: () => chosenChannel(screen.broadcast.status)?.id !== insteadOf,
    play: () => playWithoutAsking(context, screen, person, chosen),
  });
}
