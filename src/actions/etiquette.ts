import { type Actor, mayAct } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Etiquette } from '../domain/etiquette.ts';

export type Verdict = 'may' | 'is_asked' | 'may_not';

/** Whether somebody may put a channel on now, or has to be asked first whether they mean to disturb others. */
export function judge(
  etiquette: Etiquette,
  actor: Pick<Actor, 'id' | 'role'>,
  { channel, askedBy, viewers }: Pick<BroadcastStatus, 'channel' | 'askedBy' | 'viewers'>,
  channelId: number,
): Verdict {
  if (mayAct(actor, 'controller')) return 'may';
  if (etiquette === 'controllers') return 'may_not';
  // Who is watching cannot be told apart, so a single viewer counts as somebody else too.
  const disturbs = channel !== null && channel.id !== channelId && viewers > 0 && askedBy?.id !== actor.id;
  return etiquette === 'polite' && disturbs ? 'is_asked' : 'may';
}

/** Whoever put it on may take it off, and who asked for it may call it off while nothing else is on; controllers always. */
export function mayStop(
  actor: Pick<Actor, 'id' | 'role'>,
  { channel, wanted, askedBy }: Pick<BroadcastStatus, 'channel' | 'wanted' | 'askedBy'>,
): boolean {
  if (mayAct(actor, 'controller') || (!channel && !wanted)) return true;
  const owner = channel ? askedBy : wanted?.askedBy;
  return owner?.id === actor.id;
}
