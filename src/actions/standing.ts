import type { CommandContext } from '../commands/context.ts';
import { endLinks } from '../commands/links.ts';
import { type Asker, asker, type Platform } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Standing } from '../store/people.ts';
import { writeAudit } from './audit.ts';

const OWNER = 'console';

/**
 * An admin decides what somebody may do, from now on. Whoever is shut out loses their private links too.
 * @throws AppError own_rights, owners_rights
 */
export function decideStanding(context: CommandContext, by: Asker, person: Asker, standing: Standing): void {
  const { people, clock, logger } = context;
  if (person.id === by.id) throw new AppError('own_rights');
  if (isOwner(context, person.id)) throw new AppError('owners_rights');
  people.setStanding(asker(person), standing, clock.now());
  if (standing === 'denied') writeAudit(context, by, 'deny', `${person.name} (${person.id})`);
  else writeAudit(context, by, 'allow', `${person.name} (${person.id}): ${standing}`);
  logger.info({ by: by.id, person: person.id, standing }, 'rights changed');
  if (standing === 'denied') endLinks(context, by, person.id);
}

/** Whose rights come from the settings alone. */
function isOwner({ listed }: CommandContext, id: string): boolean {
  const [platform = '', plainId = ''] = id.split(':', 2);
  return id === OWNER || (isPlatform(platform) && listed[platform].admin.has(plainId));
}

function isPlatform(text: string): text is Platform {
  return text === 'discord' || text === 'telegram';
}
