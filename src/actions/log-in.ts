import type { Sessions } from '../access/sessions-and-login-links.ts';
import type { Role } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import type { Requester } from './rights.ts';

export interface LoginLinkContext extends AuditContext {
  readonly sessions: Pick<Sessions, 'issueLink'>;
  /** The server's own address as others reach it; null where PUBLIC_URL does not say. */
  readonly publicUrl: string | null;
}

/**
 * Makes a one-time link that logs the requester in.
 * @param most the highest role of the session.
 * @throws AppError not_allowed, no_public_url
 */
export function makeLoginLink(context: LoginLinkContext, by: Requester, most: Role): string {
  const { role } = by;
  if (role === null) throw new AppError('not_allowed');
  const { publicUrl, sessions } = context;
  if (!publicUrl) throw new AppError('no_public_url');
  const link = sessions.issueLink({ ...by, role }, most);
  writeAudit(context, by, 'login_link');
  return `${publicUrl}/login/${link}`;
}
