import type { PrivateLinks } from '../access/private-links.ts';
import { asker } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import type { Span } from '../domain/span.ts';
import type { Logger } from '../lib/logger.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

export interface MakePrivateLinkContext extends AuditContext {
  readonly links: Pick<PrivateLinks, 'issue'>;
  readonly logger: Pick<Logger, 'info'>;
}

/**
 * Makes a private link to a channel, or to a span of its past; its token is told this once.
 * @returns also when the link ends, in epoch milliseconds.
 * @throws AppError not_allowed
 */
export function makePrivateLink(
  context: MakePrivateLinkContext,
  by: Requester,
  channel: Pick<Channel, 'id' | 'name'>,
  past?: Span,
): { id: number; token: string; expiresAt: number } {
  requireRole(by, 'own');
  const { links, logger } = context;
  logger.info({ channelId: channel.id, askedBy: by.id }, 'link asked for');
  const link = links.issue(asker(by), channel, past);
  writeAudit(context, by, 'link_made', channel.name);
  return link;
}
