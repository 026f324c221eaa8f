import { type Actor, type Language, type Platform, type Role, roles } from '../domain/actor.ts';
import type { People, Standing } from '../store/people.ts';

/** Ids of people, groups or roles, by what they may do. */
export type IdsByRole = Readonly<Record<Role, ReadonlySet<string>>>;

/** What the settings say, for each platform. */
export type Listed = Readonly<Record<Platform, IdsByRole>>;

export const nobody: IdsByRole = { admin: new Set(), controller: new Set(), viewer: new Set() };

/** Somebody as a platform presents them. */
export interface Introduction {
  readonly platform: Platform;
  /** The platform's own. */
  readonly id: string;
  readonly name: string;
  /** Of what they belong to, such as a chat or a server's roles. */
  readonly groups: readonly string[];
  /** The place is theirs. */
  readonly isOwner: boolean;
  /** As the platform has it, such as `fr-CA`. */
  readonly languageTag: string | undefined;
}

/** Who this is to us: what the settings list, unless an admin has decided otherwise; their language, if they chose one. */
export function identify(
  { platform, id, name, groups, isOwner, languageTag }: Introduction,
  { listed, people, language }: { listed: IdsByRole; people: Pick<People, 'find'>; language: Language },
): Actor {
  const known = people.find(`${platform}:${id}`);
  // Nobody can shut out whoever the place or the machine belongs to.
  const isMaster = isOwner || listed.admin.has(id);
  return {
    platform,
    id: `${platform}:${id}`,
    name,
    role: isMaster ? 'admin' : decided(roleOf([id, ...groups], listed), known?.standing ?? null),
    language: known?.language ?? languageOfTag(languageTag, language),
  };
}

/** True while nobody on this platform has been let in, neither by the settings nor by an admin. */
export function isNobodyLetIn(
  platform: Platform,
  { listed, people }: { listed: Listed; people: Pick<People, 'hasStandings'> },
): boolean {
  const isEmpty = roles.every((role) => listed[platform][role].size === 0);
  return isEmpty && !people.hasStandings(platform);
}

/**
 * The most that any of these ids may do.
 * @returns null where none is listed: an empty list means nobody.
 */
export function roleOf(ids: readonly string[], listed: IdsByRole): Role | null {
  for (const role of ['admin', 'controller', 'viewer'] as const) {
    if (ids.some((id) => listed[role].has(id))) return role;
  }
  return null;
}

/** The language of a platform's tag, such as `fr-CA`, of those that we speak. */
export function languageOfTag(tag: string | undefined, fallback: Language): Language {
  const language = tag?.slice(0, 2).toLowerCase();
  return language === 'fr' || language === 'en' ? language : fallback;
}

/** What the settings say, unless an admin has decided otherwise by name. */
function decided(bySettings: Role | null, standing: Standing | null): Role | null {
  return standing === 'denied' ? null : higher(bySettings, standing);
}

function higher(one: Role | null, other: Role | null): Role | null {
  if (one === null || other === null) return one ?? other;
  return roles.indexOf(one) > roles.indexOf(other) ? one : other;
}
