import type { Guild, GuildMember, Interaction } from 'discord.js';
import type { Introduction } from '../../access/people.ts';

type Member = NonNullable<Interaction['member']>;

/** In private messages an interaction does not say what somebody is in a server: this does. */
export interface Elsewhere {
  readonly guild: Guild | null;
  /** Null: they are not in it, or that is not known. */
  readonly member: GuildMember | null;
}

/** Somebody as Discord presents them. */
export function introduce(interaction: Interaction, elsewhere: Elsewhere): Introduction {
  const { user, locale } = interaction;
  const { guild, member } = interaction.inGuild() ? interaction : elsewhere;
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
