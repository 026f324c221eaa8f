import type { ChannelChooser, ChoiceChange } from '../catalogue/channel-chooser.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

export interface ChooseChannelContext extends AuditContext {
  readonly chooser: Pick<ChannelChooser, 'labelOf' | 'chosenFor' | 'change' | 'forget'>;
}

/**
 * Chooses a channel's name or number, whether it is hidden, or with which one it is one.
 * @throws AppError not_allowed, channel_gone, number_taken
 */
export async function chooseChannel(
  context: ChooseChannelContext,
  by: Requester,
  channelId: ChannelId,
  change: ChoiceChange,
): Promise<void> {
  requireRole(by, 'administer');
  const { chooser } = context;
  const detail = `${chooser.labelOf(channelId)}: ${describe(context, change)}`;
  await chooser.change(channelId, change);
  writeAudit(context, by, 'channel_chosen', detail);
}

/**
 * Forgets what was chosen for a channel.
 * @throws AppError not_allowed, not_found if nothing was
 */
export async function forgetChoice(
  context: ChooseChannelContext,
  by: Requester,
  channelId: ChannelId,
): Promise<void> {
  requireRole(by, 'administer');
  const chosen = context.chooser.chosenFor(channelId);
  if (!chosen) throw new AppError('not_found');
  await context.chooser.forget(channelId);
  writeAudit(context, by, 'channel_chosen', `${chosen.label}: automatic`);
}

function describe(
  { chooser }: ChooseChannelContext,
  { name, number, isHidden, sameAs, isAlone }: ChoiceChange,
): string {
  const parts = [
    name !== undefined && (name ?? 'name automatic'),
    number !== undefined && `number ${number ?? 'automatic'}`,
    isHidden !== undefined && (isHidden ? 'hidden' : 'shown'),
    sameAs !== undefined && `same as ${chooser.labelOf(sameAs)}`,
    isAlone && 'alone',
  ];
  return parts.filter((part) => part !== false && part !== undefined).join(', ');
}
