import { type Actor, type Language, type Platform, type Role, roles } from '../domain/actor.ts';
import type { People, Standing } from '../store/people.ts';
import { hashOf } from './signer.ts';

/** Ids of people, groups or Discord roles, by the role that they give. */
export type IdsByRole = Readonly<Record<Role, ReadonlySet<string>>>;

/** The ids to which the settings give roles, by platform. */
export type ConfiguredIds = Readonly<Record<Platform, IdsByRole>>;

export const nobody: IdsByRole = { admin: new Set(), controller: new Set(), viewer: new Set() };

/** A person as a platform describes them. */
export interface PlatformPerson {
  readonly platform: Platform;
  /** The platform's id of the person. */
  readonly id: string;
  readonly name: string;
  /** Ids of what the person belongs to, such as a chat or a server's roles. */
  readonly groups: readonly string[];
  /** Whether the person owns the place. */
  readonly isOwner: boolean;
  /** The platform's language tag, such as `fr-CA`. */
  readonly languageTag: string | undefined;
}

/** Turns an introduction into an actor. The role follows from the settings and from admins' decisions. */
export function identify(
  { platform, id, name, groups, isOwner, languageTag }: PlatformPerson,
  { listed, people, language }: { listed: IdsByRole; people: Pick<People, 'find'>; language: Language },
): Actor {
  const known = people.find(`${platform}:${id}`);
  // Nobody can shut out the owner of the place, or an admin of the settings.
  const isMaster = isOwner || listed.admin.has(id);
  return {
    platform,
    id: `${platform}:${id}`,
    name,
    role: isMaster ? 'admin' : effectiveRole(roleOf([id, ...groups], listed), known?.standing ?? null),
    language: known?.language ?? languageOfTag(languageTag, language),
  };
}

/** Whether neither the settings nor an admin have given anybody on this platform a role. */
export function isNobodyLetIn(
  platform: Platform,
  { listed, people }: { listed: ConfiguredIds; people: Pick<People, 'hasStandings'> },
): boolean {
  const isEmpty = roles.every((role) => listed[platform][role].size === 0);
  return isEmpty && !people.hasStandings(platform);
}

/**
 * The highest role of any of these ids.
 * @returns null if none is listed; an empty list means nobody.
 */
export function roleOf(ids: readonly string[], listed: IdsByRole): Role | null {
  for (const role of ['admin', 'controller', 'viewer'] as const) {
    if (ids.some((id) => listed[role].has(id))) return role;
  }
  return null;
}

/** The language of a tag such as `fr-CA`, or the fallback if we do not speak it. */
export function languageOfTag(tag: string | undefined, fallback: Language): Language {
  const language = tag?.slice(0, 2).toLowerCase();
  return language === 'fr' || language === 'en' ? language : fallback;
}

/** The resulting role. @param listed the role from the settings. @param standing an admin's decision. */
export function effectiveRole(listed: Role | null, standing: Standing | null): Role | null {
  if (standing === 'denied') return null;
  if (listed === null || standing === null) return listed ?? standing;
  return roles.indexOf(listed) > roles.indexOf(standing) ? listed : standing;
}

/** The role that the settings must have given; null if an admin's decision may have given it. */
export function listedRole(role: Role, standing: Standing | null): Role | null {
  return standing === role ? null : role;
}

/** A hash of the settings' lists, which changes whenever they do. */
export function configuredIdsHash({ discord, telegram }: ConfiguredIds): string {
  const sorted = [discord, telegram].map((ids) => roles.map((role) => [...ids[role]].sort()));
  return hashOf(JSON.stringify(sorted));
}

/** The lower of two roles. */
export function lowerRole(one: Role, other: Role): Role {
  return roles.indexOf(one) < roles.indexOf(other) ? one : other;
}
