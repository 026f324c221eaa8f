import type { PrivateLinks } from '../access/private-links.ts';
import { mayAct } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

export interface EndPrivateLinksContext extends AuditContext {
  readonly links: Pick<PrivateLinks, 'revoke'>;
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
