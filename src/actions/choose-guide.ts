import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { GuideChoices } from '../catalogue/guide/guide-choices.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

export interface ChooseGuideContext extends AuditContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>;
  readonly guideChoices: Pick<GuideChoices, 'has' | 'choose'>;
}

/**
 * Chooses the guide of a channel by hand.
 * @param guideId its id in XMLTV; null for none, undefined to have it found by itself again.
 * @throws AppError not_allowed, channel_gone, not_found if no guide has that id
 */
export async function chooseGuide(
  context: ChooseGuideContext,
  by: Requester,
  channelId: ChannelId,
  guideId: string | null | undefined,
): Promise<void> {
  requireRole(by, 'administer');
  const { catalogue, guideChoices } = context;
  const channel = catalogue.snapshot().byId.get(channelId);
  if (!channel) throw new AppError('channel_gone');
  if (typeof guideId === 'string' && !guideChoices.has(guideId)) throw new AppError('not_found');
  await guideChoices.choose(channelId, guideId);
  const chosen = guideId === undefined ? 'automatic' : (guideId ?? 'none');
  writeAudit(context, by, 'guide_chosen', `${labelOf({ catalogue }, channel)}: ${chosen}`);
}
