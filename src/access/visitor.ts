import type { Asker, Role } from '../domain/actor.ts';
import type { Credential } from '../store/credentials.ts';
import { effectiveRole, lowerRole } from './people.ts';

/** A person or program that makes requests over the web. */
export interface Visitor extends Asker {
  readonly role: Role;
  /** The role from the settings; null if an admin's decision gave it. */
  readonly listedRole: Role | null;
  /** The session of the request; null for a request with a token. */
  readonly sessionId: number | null;
  /** The API token of the request, or the one that started its session. */
  readonly tokenId: number | null;
}

/** The holder of the admin token. */
export const owner: Visitor = {
  id: 'console',
  name: 'console',
  role: 'admin',
  listedRole: 'admin',
  sessionId: null,
  tokenId: null,
};

/**
 * The visitor of a credential, with the credential's role but never more than its person's present role.
 * @param listing the hash of the present settings; a role listed by other settings no longer counts.
 * @returns null if the person has no role any more.
 */
export function visitorOf(
  { id, kind, person, personName, standing, mark, ...made }: Credential,
  listing: string,
): Visitor | null {
  const isToken = kind === 'token';
  const isListed = person === owner.id || made.listing === listing;
  const listedRole = isListed ? made.listedRole : null;
  const role = effectiveRole(listedRole, standing);
  return (
    role && {
      // A program acts as itself, not as the maker of its token, also for the etiquette.
      id: isToken ? `token:${mark}` : person,
      name: isToken ? made.label : personName,
      role: lowerRole(made.role, role),
      listedRole,
      sessionId: kind === 'session' ? id : null,
      tokenId: isToken ? id : null,
    }
  );
}
