import type { Catalogue } from '../catalogue/catalogue.ts';
import {
  type LabelledChannel,
  labelled,
  type NamedChannel,
  type TitleSource,
} from '../catalogue/channel-title.ts';
import { type Actor, mayAct } from '../domain/actor.ts';
import { type BroadcastStatus, chosenChannel } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import { type ChannelId, ownIdOf } from '../domain/ids.ts';
import type { PastProgramme } from '../domain/past-programme.ts';
import type { Recording } from '../domain/recording.ts';

export type Verdict = 'may' | 'is_asked' | 'may_not';

/** A request to put a channel on the shared screen. */
export interface PlayRequest {
  readonly channelId: ChannelId;
  /** A time of the programme that is wanted from its start, in epoch milliseconds; absent for what the channel shows now. */
  readonly from?: number | undefined;
  /** A recording of the channel that is wanted; absent for the channel itself. */
  readonly recording?: number | undefined;
  /** The channel that the requester confirmed to switch from. */
  readonly insteadOf?: ChannelId | 'anything' | undefined;
  /** The id of the recording that the requester confirmed to interrupt. */
  readonly interrupting?: number | 'anything' | undefined;
  /** Whether that recording is to be taken from the archive afterwards. */
  readonly isRecordedAfterwards?: boolean | undefined;
}

/** A recording that a switch would interrupt, which lasts until `stop`, in epoch milliseconds. */
export interface InterruptedRecording extends Pick<Recording, 'id' | 'title' | 'stop'> {
  /** Whether the provider's archive will have it. */
  readonly isKept: boolean;
}

/**
 * The question before a switch that would disturb others, interrupt a recording, or both. The labels name a past programme as
 * well.
 */
export interface Question {
  /** Whether others watch what is on air. */
  readonly isDisturbing: boolean;
  readonly interrupted: InterruptedRecording | null;
  readonly viewers: number;
  /** Null where nothing is. */
  readonly onAir: LabelledChannel | null;
  readonly askedBy: string | null;
  readonly wanted: LabelledChannel;
  /** The start of the past programme that is wanted, in epoch milliseconds; null for what the channel shows now. */
  readonly from: number | null;
  /** The recording that is wanted; null for none. */
  readonly recording: number | null;
}

/** Thrown where the requester has to confirm a switch: others watch what somebody else put on, or it interrupts a recording. */
export class SwitchQuestion extends AppError {
  readonly question: Question;

  constructor(question: Question) {
    const { viewers, onAir, wanted, interrupted, isDisturbing } = question;
    if (isDisturbing || !interrupted)
      super('others_watching', { viewers, channel: onAir?.label ?? '', wanted: wanted.label });
    else super('interrupts_recording', { title: interrupted.title, wanted: wanted.label });
    this.question = question;
  }
}

/** What the question depends on. */
export interface Situation {
  readonly etiquette: Etiquette;
  readonly status: BroadcastStatus;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>;
  /** The channel that is wanted. */
  readonly wanted: NamedChannel;
  /** The programme or recording that is wanted from its start; null for what the channel shows now. */
  readonly past: PastProgramme | null;
  /** What the switch would interrupt. */
  readonly interrupted: InterruptedRecording | null;
}

/** Whether somebody may put a channel on now, or must first confirm that they mean to disturb others. */
export function judgeSwitch(
  etiquette: Etiquette,
  actor: Pick<Actor, 'id' | 'role'>,
  { channel, past, askedBy, viewers }: Pick<BroadcastStatus, 'channel' | 'past' | 'askedBy' | 'viewers'>,
  { channelId, from, recording }: Pick<PlayRequest, 'channelId' | 'from' | 'recording'>,
): Verdict {
  if (mayAct(actor, 'controller')) return 'may';
  if (etiquette === 'controllers') return 'may_not';
  // Viewers cannot be told apart, so a single viewer counts as somebody else too.
  const isLive = from === undefined && recording === undefined;
  const isOnAir = channel?.id === channelId && isLive && past === null;
  const disturbs = channel !== null && !isOnAir && viewers > 0 && askedBy?.id !== actor.id;
  return etiquette === 'polite' && disturbs ? 'is_asked' : 'may';
}

/**
 * Judges a switch by the etiquette.
 * @returns the question to ask first; null where the channel may be played at once.
 * @throws AppError controllers_only, channel_not_found
 */
export function questionBefore(
  by: Pick<Actor, 'id' | 'role'>,
  { channelId, from, recording, insteadOf, interrupting }: PlayRequest,
  { etiquette, status, catalogue, wanted, past, interrupted }: Situation,
): Question | null {
  const onAir = chosenChannel(status);
  const verdict = judgeSwitch(etiquette, by, status, { channelId, from, recording });
  if (verdict === 'may_not') throw new AppError('controllers_only');
  // A confirmation for one channel does not count for another.
  const isDisturbing = verdict === 'is_asked' && insteadOf !== 'anything' && onAir?.id !== insteadOf;
  const isInterrupting =
    interrupted !== null && interrupting !== 'anything' && interrupting !== interrupted.id;
  if (!isDisturbing && !isInterrupting) return null;
  if (isDisturbing && !onAir) throw new AppError('channel_not_found', { channelId: ownIdOf(channelId) });
  return {
    isDisturbing,
    interrupted,
    viewers: status.viewers,
    onAir: onAir && withTitle({ catalogue }, onAir, status.past?.title),
    askedBy: status.askedBy?.name ?? null,
    wanted: withTitle({ catalogue }, wanted, past?.title),
    from: past && past.recording === undefined ? past.start : null,
    recording: past?.recording ?? null,
  };
}

function withTitle(source: TitleSource, channel: NamedChannel, title: string | null = null): LabelledChannel {
  const { id, name, label } = labelled(source, channel);
  return { id, name, label: title === null ? label : `${label} · ${title}` };
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
