import { type Actor, mayAct, type Role } from '../domain/actor.ts';
import { type BroadcastStatus, chosenChannel, type OnAirChannel } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import { judge, mayStop } from './etiquette.ts';

export interface Right {
  /** The least role that has this right. */
  readonly role: Role;
  /** The rule of etiquette that applies as well: `choose` is `judge`, `stop` is `mayStop`. */
  readonly rule: 'choose' | 'stop' | null;
}

/** Who may do what: the one table for chat, HTTP and the pages. */
export const rights = {
  /** Channels, the guide, the channel on air and the history. */
  look: { role: 'viewer', rule: null },
  /** The person's own favourites, private links, log-ins and language. */
  own: { role: 'viewer', rule: null },
  vote: { role: 'viewer', rule: null },
  react: { role: 'viewer', rule: null },
  play: { role: 'viewer', rule: 'choose' },
  stop: { role: 'viewer', rule: 'stop' },
  restart: { role: 'controller', rule: null },
  audio: { role: 'controller', rule: null },
  /** People, invitations, tokens, what belongs to others, the audit log, the server. */
  administer: { role: 'admin', rule: null },
} as const satisfies Readonly<Record<string, Right>>;

export type RightName = keyof typeof rights;

/** A request that changes the shared screen. */
export type ScreenWish =
  | {
      readonly action: 'play';
      readonly channelId: number;
      /** The channel that they confirmed to switch from. */
      readonly insteadOf?: number | 'anything' | undefined;
    }
  | { readonly action: 'stop' }
  | { readonly action: 'restart' }
  | { readonly action: 'audio'; readonly track: number };

/** The question before a switch that would disturb others. */
export interface Question {
  readonly viewers: number;
  readonly onAir: OnAirChannel;
  readonly askedBy: string | null;
  readonly wanted: OnAirChannel;
}

/** Others watch what somebody else has put on: whoever wants another channel has to confirm it. */
export class OthersWatching extends AppError {
  readonly question: Question;

  constructor(question: Question) {
    const { viewers, onAir, wanted } = question;
    super('others_watching', { viewers, channel: onAir.name, wanted: wanted.name });
    this.question = question;
  }
}

export interface Situation {
  readonly etiquette: Etiquette;
  readonly status: BroadcastStatus;
  readonly channel: (id: number) => OnAirChannel | undefined;
}

/**
 * Judges a wish by its role and the etiquette.
 * @returns what to ask first; null: it may be done.
 * @throws AppError not_allowed, controllers_only, stop_not_yours, channel_not_found
 */
export function permit(
  by: Pick<Actor, 'id' | 'role'>,
  wish: ScreenWish,
  { etiquette, status, channel }: Situation,
): Question | null {
  if (!mayAct(by, rights[wish.action].role)) throw new AppError('not_allowed');
  if (wish.action === 'stop' && !mayStop(by, status)) throw new AppError('stop_not_yours');
  if (wish.action !== 'play') return null;
  const { channelId, insteadOf } = wish;
  const onAir = chosenChannel(status);
  const verdict = judge(etiquette, by, status, channelId);
  if (verdict === 'may_not') throw new AppError('controllers_only');
  // Another channel than they were asked about is another question.
  if (verdict === 'may' || insteadOf === 'anything' || onAir?.id === insteadOf) return null;
  const wanted = channel(channelId);
  if (!wanted || !onAir) throw new AppError('channel_not_found', { channelId });
  return {
    viewers: status.viewers,
    onAir,
    askedBy: status.askedBy?.name ?? null,
    wanted: { id: wanted.id, name: wanted.name },
  };
}

/** What somebody may do, as far as it does not depend on what is on. */
export function rightsOf(by: Pick<Actor, 'role'>, etiquette: Etiquette): RightName[] {
  const names = Object.keys(rights) as RightName[];
  return names.filter((name) => {
    const isForControllers = rights[name].rule === 'choose' && etiquette === 'controllers';
    return mayAct(by, isForControllers ? 'controller' : rights[name].role);
  });
}
