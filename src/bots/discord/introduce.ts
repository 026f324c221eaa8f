import type { Guild, Interaction } from 'discord.js';
import type { Introduction } from '../../access/people.ts';

type Member = NonNullable<Interaction['member']>;

/**
 * Somebody as Discord presents them.
 * @param home the server whose roles count also in private messages.
 */
export function introduce(interaction: Interaction, home: Guild | null): Introduction {
  const { user, locale } = interaction;
  const [guild, member] = membership(interaction, home);
  return {
    platform: 'discord',
    id: user.id,
    name: member && 'displayName' in member ? member.displayName : user.displayName,
    groups: member ? rolesOf(member) : [],
    isOwner: guild?.ownerId === user.id,
    languageTag: locale,
  };
}

/** Where and as what they are known: by their last visit, if this is a private message. */
function membership(interaction: Interaction, home: Guild | null): [Guild | null, Member | null] {
  return interaction.inGuild()
    ? [interaction.guild, interaction.member]
    : [home, home?.members.cache.get(interaction.user.id) ?? null];
}

function rolesOf({ roles }: Member): string[] {
  return Array.isArray(roles) ? roles : [...roles.cache.keys()];
}
