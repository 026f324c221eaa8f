import type { Asker, Role } from '../domain/actor.ts';
import type { Credential } from '../store/credentials.ts';
import { lower, roleWith } from './people.ts';

/** Somebody who asks over the web. */
export interface Visitor extends Asker {
  readonly role: Role;
  /** What the settings alone gave them; null: nothing, an admin's decision did. */
  readonly listedRole: Role | null;
  /** The session that they came with; null for whoever sent a token. */
  readonly sessionId: number | null;
  /** The API token that they came with, or that their session was opened with. */
  readonly tokenId: number | null;
}

/** Whoever holds the admin token. */
export const owner: Visitor = {
  ...{ id: 'console', name: 'console', role: 'admin', listedRole: 'admin', sessionId: null, tokenId: null },
};

/**
 * Who came with a credential: as much as it was made for, and never more than its person may do by now.
 * @param listing of the settings as they are now: by others, nobody is listed any more.
 * @returns null where they may do nothing any more.
 */
export function visitorWith(
  { id, kind, person, personName, standing, mark, ...made }: Credential,
  listing: string,
): Visitor | null {
  const isToken = kind === 'token';
  const isListed = person === owner.id || made.listing === listing;
  const listedRole = isListed ? made.listedRole : null;
  const role = roleWith(listedRole, standing);
  return (
    role && {
      // What a program does is its own doing: it is not whoever made its token, to the etiquette neither.
      id: isToken ? `token:${mark}` : person,
      name: isToken ? made.label : personName,
      role: lower(made.role, role),
      listedRole,
      sessionId: kind === 'session' ? id : null,
      tokenId: isToken ? id : null,
    }
  );
}
