import { isSilent } from './mentions.ts';
import type { MessageBody, StoredMessage } from './messages.ts';
import { messageFlags } from './messages.ts';
import type { World } from './world.ts';

/** Records behaviour that the service accepts but a well-behaved bot avoids. */
export function noteManners(world: World, body: MessageBody, where: string): void {
  if (world.violations.rules.silentMentions && !isSilent(body)) {
    world.violations.note('mentions', `${where} without allowed_mentions: { parse: [] }`);
  }
}

/** The first acknowledgement determines whether an answer is ephemeral; later flags have no effect. */
export function noteEphemeralFlag(
  world: World,
  body: MessageBody,
  expected: { readonly ephemeral: boolean },
  where: string,
): void {
  const asked = ((body.flags ?? 0) & messageFlags.ephemeral) !== 0;
  if (asked && !expected.ephemeral) {
    world.violations.note('ephemeral', `${where}: the flag comes too late, everybody can read it`);
  }
}

/** Edits by the channel route are for long-lived cards, and must keep a least distance. */
export function noteEditRate(world: World, stored: StoredMessage): void {
  const { editIntervalMs } = world.violations.rules;
  const last = stored.edits.findLast(({ via }) => via === 'channel');
  if (!last || editIntervalMs === 0) return;
  const gap = world.now() - last.at;
  if (gap < editIntervalMs) {
    world.violations.note('edit-rate', `message ${stored.id} was edited again after ${Math.round(gap)} ms`);
  }
}
