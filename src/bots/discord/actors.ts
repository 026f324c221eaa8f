import type { Client, Guild, Interaction } from 'discord.js';
import { identify, languageOfTag } from '../../access/people.ts';
import type { CommandContext } from '../../commands/context.ts';
import type { Actor, Language, Place } from '../../domain/actor.ts';
import type { Logger } from '../../lib/logger.ts';
import { describeError } from './errors.ts';
import { Members } from './members.ts';
import { missingPermissions } from './permissions.ts';
import { type HomeMembership, toPlatformPerson } from './platform-person.ts';

export interface ActorsOptions {
  readonly client: Client;
  readonly context: Pick<CommandContext, 'clock' | 'listed' | 'people'>;
  /** The server whose roles count; null if every server's roles count. */
  readonly guildId: string | null;
  readonly language: Language;
  readonly logger: Logger;
}

/** Identifies the person behind an interaction, and its place. */
export class Actors {
  readonly #options: ActorsOptions;
  readonly #members: Members;

  constructor(options: ActorsOptions) {
    this.#options = options;
    this.#members = new Members(options.context.clock);
  }

  /** Identifies somebody by their current roles, or by recently known ones if Discord gives no answer. */
  async identify(interaction: Interaction): Promise<{ actor: Actor; areRolesKnown: boolean }> {
    const guild = this.#home;
    if (interaction.inGuild() || !guild)
      return { actor: this.#actor(interaction, { guild, member: null }), areRolesKnown: true };
    try {
      const member = await this.#members.fetch(guild, interaction.user.id);
      return { actor: this.#actor(interaction, { guild, member }), areRolesKnown: true };
    } catch (error) {
      this.#options.logger.warn(
        { reason: describeError(error) },
        'Discord did not say which roles somebody has',
      );
      return { actor: this.identifyAtOnce(interaction), areRolesKnown: false };
    }
  }

  /** Identifies somebody by recently known roles, without a request. */
  identifyAtOnce(interaction: Interaction): Actor {
    return this.#actor(interaction, {
      guild: this.#home,
      member: this.#members.recent(interaction.user.id),
    });
  }

  placeOf(interaction: Interaction): Place {
    const isPrivate = !interaction.inGuild();
    const tag = isPrivate ? interaction.locale : (interaction.guildLocale ?? undefined);
    return {
      id: `discord:${interaction.channelId ?? interaction.user.id}`,
      platform: 'discord',
      language: languageOfTag(tag, this.#options.language),
      isPrivate,
      ...(interaction.guild ? { owner: `discord:${interaction.guild.ownerId}` } : {}),
      lacks: isPrivate ? [] : missingPermissions(interaction.appPermissions),
    };
  }

  #actor(interaction: Interaction, homeMembership: HomeMembership): Actor {
    const { context, guildId, language } = this.#options;
    const person = toPlatformPerson(interaction, homeMembership);
    // The owner of another server who invites the bot gets no rights from that.
    const isForeignGuild = guildId !== null && interaction.inGuild() && interaction.guildId !== guildId;
    const isOwner = person.isOwner && person.id === this.#owned?.ownerId;
    return identify(isForeignGuild ? { ...person, groups: [], isOwner: false } : { ...person, isOwner }, {
      listed: context.listed.discord,
      people: context.people,
      language,
    });
  }

  /** The server whose owner is an admin: the configured one, else the one that the bot joined first, since others may invite it too. */
  get #owned(): Guild | null {
    const { client, guildId } = this.#options;
    if (guildId !== null) return client.guilds.cache.get(guildId) ?? null;
    const [first] = [...client.guilds.cache.values()].sort(
      (one, other) => one.joinedTimestamp - other.joinedTimestamp,
    );
    return first ?? null;
  }

  /** The server whose roles count in private messages: the configured one, else the only one. */
  get #home(): Guild | null {
    const { client, guildId } = this.#options;
    const { cache } = client.guilds;
    if (guildId !== null) return cache.get(guildId) ?? null;
    return cache.size === 1 ? (cache.first() ?? null) : null;
  }
}
