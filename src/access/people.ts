import type { Actor, Role } from '../domain/actor.ts';

/** Ids of people, groups or roles, by what they may do. */
export type IdsByRole = Readonly<Record<Role, ReadonlySet<string>>>;

/**
 * The most that any of these ids may do.
 * @param ids the person's own and those of what they belong to, such as a chat or a server's roles.
 * @returns null where none is listed: an empty list means nobody.
 */
export function roleOf(ids: readonly string[], listed: IdsByRole): Role | null {
  for (const role of ['admin', 'controller', 'viewer'] as const) {
    if (ids.some((id) => listed[role].has(id))) return role;
  }
  return null;
}

/** The language of a platform's tag, such as `fr-CA`, of those that we speak. */
export function languageOfTag(tag: string | undefined, fallback: Actor['language']): Actor['language'] {
  const language = tag?.slice(0, 2).toLowerCase();
  return language === 'fr' || language === 'en' ? language : fallback;
}
