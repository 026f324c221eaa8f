import type { Catalogue } from '../catalogue/catalogue.ts';
import { type LabelledChannel, labelled } from '../catalogue/channel-title.ts';
import { type Actor, mayAct } from '../domain/actor.ts';
import { type BroadcastStatus, chosenChannel } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import { type ChannelId, ownIdOf } from '../domain/ids.ts';

export type Verdict = 'may' | 'is_asked' | 'may_not';

/** A request to put a channel on the shared screen. */
export interface PlayRequest {
  readonly channelId: ChannelId;
  /** The channel that the requester confirmed to switch from. */
  readonly insteadOf?: ChannelId | 'anything' | undefined;
}

/** The question before a switch that would disturb others. */
export interface Question {
  readonly viewers: number;
  readonly onAir: LabelledChannel;
  readonly askedBy: string | null;
  readonly wanted: LabelledChannel;
}

/** Thrown when others watch a channel that somebody else put on: the requester has to confirm the switch. */
export class OthersWatching extends AppError {
  readonly question: Question;

  constructor(question: Question) {
    const { viewers, onAir, wanted } = question;
    super('others_watching', {
      viewers,
      channel: onAir.label,
      wanted: wanted.label,
    });
    this.question = question;
  }
}

/** What the question depends on. */
export interface Situation {
  readonly etiquette: Etiquette;
  readonly status: BroadcastStatus;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>;
}

/** Whether somebody may put a channel on now, or must first confirm that they mean to disturb others. */
export function judgeSwitch(
  etiquette: Etiquette,
  actor: Pick<Actor, 'id' | 'role'>,
  { channel, askedBy, viewers }: Pick<BroadcastStatus, 'channel' | 'askedBy' | 'viewers'>,
  channelId: ChannelId,
): Verdict {
  if (mayAct(actor, 'controller')) return 'may';
  if (etiquette === 'controllers') return 'may_not';
  // Viewers cannot be told apart, so a single viewer counts as somebody else too.
  const disturbs = channel !== null && channel.id !== channelId && viewers > 0 && askedBy?.id !== actor.id;
  return etiquette === 'polite' && disturbs ? 'is_asked' : 'may';
}

/**
 * Judges a switch by the etiquette.
 * @returns the question to ask first; null where the channel may be played at once.
 * @throws AppError controllers_only, channel_not_found
 */
export function questionBefore(
  by: Pick<Actor, 'id' | 'role'>,
  { channelId, insteadOf }: PlayRequest,
  { etiquette, status, catalogue }: Situation,
): Question | null {
  const onAir = chosenChannel(status);
  const verdict = judgeSwitch(etiquette, by, status, channelId);
  if (verdict === 'may_not') throw new AppError('controllers_only');
  // A confirmation for one channel does not count for another.
  if (verdict === 'may' || insteadOf === 'anything' || onAir?.id === insteadOf) return null;
  const wanted = catalogue.snapshot().byId.get(channelId);
  if (!wanted || !onAir) throw new AppError('channel_not_found', { channelId: ownIdOf(channelId) });
  return {
    viewers: status.viewers,
    onAir: labelled({ catalogue }, onAir),
    askedBy: status.askedBy?.name ?? null,
    wanted: labelled({ catalogue }, wanted),
  };
}

/**
 * Whether somebody may take the screen off the air: the person who put the channel on, the person who waits for one while
 * nothing else is on, and controllers always.
 */
export function mayStop(
  actor: Pick<Actor, 'id' | 'role'>,
  { channel, wanted, askedBy }: Pick<BroadcastStatus, 'channel' | 'wanted' | 'askedBy'>,
): boolean {
  if (mayAct(actor, 'controller') || (!channel && !wanted)) return true;
  const owner = channel ? askedBy : wanted?.askedBy;
  return owner?.id === actor.id;
}
