import type { Guild, GuildMember, Interaction } from 'discord.js';
import type { PlatformPerson } from '../../access/people.ts';

type Member = NonNullable<Interaction['member']>;

/** The member whose roles count in private messages, where an interaction carries none. */
export interface HomeMembership {
  readonly guild: Guild | null;
  /** Null if the person is not in the server or their membership is unknown. */
  readonly member: GuildMember | null;
}

/** The person behind an interaction, as Discord describes them. */
export function toPlatformPerson(interaction: Interaction, homeMembership: HomeMembership): PlatformPerson {
  const { user, locale } = interaction;
  const { guild, member } = interaction.inGuild() ? interaction : homeMembership;
  return {
    platform: 'discord',
    id: user.id,
    name: member && 'displayName' in member ? member.displayName : user.displayName,
    groups: member ? rolesOf(member) : [],
    isOwner: guild?.ownerId === user.id,
    languageTag: locale,
  };
}

function rolesOf({ roles }: Member): string[] {
  return Array.isArray(roles) ? roles : [...roles.cache.keys()];
}
