import type { ViewerLinks } from '../access/viewer-links.ts';
import { asker, mayAct } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

export interface MakePrivateLinkContext extends AuditContext {
  readonly links: Pick<ViewerLinks, 'issue'>;
  readonly logger: Pick<Logger, 'info'>;
}

export interface EndPrivateLinksContext extends AuditContext {
  readonly links: Pick<ViewerLinks, 'revoke'>;
}

/**
 * Makes a private link to a channel; its token is told this once.
 * @returns also when the link ends, in epoch milliseconds.
 * @throws AppError not_allowed
 */
export function makePrivateLink(
  context: MakePrivateLinkContext,
  by: Requester,
  channel: Pick<Channel, 'id' | 'name'>,
): { id: number; token: string; expiresAt: number } {
  requireRole(by, 'own');
  const { links, logger } = context;
  logger.info({ channelId: channel.id, askedBy: by.id }, 'link asked for');
  const link = links.issue(asker(by), channel);
  writeAudit(context, by, 'link_made', channel.name);
  return link;
}

/**
 * Ends private links, and the connections of all who play them.
 * @param holder whose links; null for everybody's. Links of others are for admins.
 * @param id only this one of them.
 * @returns how many links ended.
 * @throws AppError not_allowed
 */
export function endPrivateLinks(
  context: EndPrivateLinksContext,
  by: Requester,
  holder: string | null,
  id?: number,
): number {
  requireRole(by, 'own');
  if (holder !== by.id && !mayAct(by, 'admin')) throw new AppError('not_allowed');
  const ended = context.links.revoke(holder, id);
  for (const { channelName, person } of ended)
    writeAudit(
      context,
      by,
      'link_ended',
      person.id === by.id ? channelName : `${channelName} (${person.name})`,
    );
  return ended.length;
}
