import type { ConfiguredIds } from '../access/people.ts';
import { type Asker, asker, type Platform } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { People, Standing } from '../store/people.ts';
import { writeAudit } from './audit.ts';
import { type EndPrivateLinksContext, endPrivateLinks } from './end-private-links.ts';
import { type Requester, requireRole } from './rights.ts';

export interface StandingContext extends EndPrivateLinksContext {
  readonly people: Pick<People, 'setStanding'>;
  /** Whom the settings let in. */
  readonly listed: ConfiguredIds;
  readonly logger: Pick<Logger, 'info'>;
}

const OWNER = 'console';

/**
 * Sets what somebody may do from now on; a person who is shut out loses their private links too.
 * @param placeOwner the owner of the chat where it is asked, whose rights nobody can change.
 * @throws AppError not_allowed, own_rights, owners_rights
 */
export function decideStanding(
  context: StandingContext,
  by: Requester,
  person: Asker,
  standing: Standing,
  placeOwner?: string,
): void {
  requireRole(by, 'administer');
  const { people, clock, logger } = context;
  if (person.id === by.id) throw new AppError('own_rights');
  if (person.id === placeOwner || isOwner(context, person.id)) throw new AppError('owners_rights');
  people.setStanding(asker(person), standing, clock.now());
  if (standing === 'denied') writeAudit(context, by, 'deny', `${person.name} (${person.id})`);
  else writeAudit(context, by, 'allow', `${person.name} (${person.id}): ${standing}`);
  logger.info({ by: by.id, person: person.id, standing }, 'rights changed');
  if (standing === 'denied') endPrivateLinks(context, by, person.id);
}

/** Whether somebody's rights come from the settings alone. */
function isOwner({ listed }: Pick<StandingContext, 'listed'>, id: string): boolean {
  const [platform = '', plainId = ''] = id.split(':', 2);
  return id === OWNER || (isPlatform(platform) && listed[platform].admin.has(plainId));
}

function isPlatform(text: string): text is Platform {
  return text === 'discord' || text === 'telegram';
}
