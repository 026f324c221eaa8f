import { createHash } from 'node:crypto';
import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  type Guild,
  type Interaction,
  MessageFlags,
  Routes,
  type User,
} from 'discord.js';
import { identify, languageOfTag } from '../../access/people.ts';
import { type Command, type Commands, isCommandName, isPrivateCall } from '../../commands/command.ts';
import type { CommandContext } from '../../commands/context.ts';
import { type Asked, execute } from '../../commands/execute.ts';
import { phrasesIn } from '../../commands/phrases.ts';
import { type Action, decodeAction, type Reply } from '../../commands/reply.ts';
import { suggest } from '../../commands/suggest.ts';
import type { Actor, Language, Place } from '../../domain/actor.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CardKeeper } from '../card-keeper.ts';
import type { Bot, Report } from '../keeper.ts';
import { cardPort } from './card-port.ts';
import { introduce } from './introduce.ts';
import { slashCommands } from './options.ts';
import { lackingIn } from './permissions.ts';
import { Presence } from './presence.ts';
import { renderReply } from './render.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Another server than Discord's, such as a proxy; null for Discord's. */
  readonly apiUrl: string | null;
  /** Commands are registered here if given, else everywhere. */
  readonly guildId: string | null;
  readonly language: Language;
  readonly commands: Commands;
  readonly context: CommandContext;
  readonly cards: CardKeeper;
  readonly logger: Logger;
  readonly report: Report;
  /** Remembers what was registered last. */
  readonly registered: { read(): Promise<string | null>; write(hash: string): Promise<void> };
}

const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
const STOP_PATIENCE = 5_000;
/** The interaction expired, as one does whose next keystroke came. */
const UNKNOWN_INTERACTION = 10062;

/** The remote control in Discord: translates interactions into calls of commands, and replies back. */
export class DiscordBot implements Bot {
  readonly #options: DiscordOptions;
  readonly #client: Client;
  readonly #presence: Presence;
  readonly #underWay = new Set<Promise<void>>();
  #disconnectCards: () => void = () => {};

  constructor(options: DiscordOptions) {
    this.#options = options;
    this.#client = new Client({
      intents: [GatewayIntentBits.Guilds],
      // No name that a provider gives a channel may ring anybody.
      allowedMentions: { parse: [] },
      ...(options.apiUrl ? { rest: { api: options.apiUrl } } : {}),
    });
    const { broadcast, clock } = options.context;
    this.#presence = new Presence(this.#client, broadcast, clock, options.logger);
  }

  async start(): Promise<void> {
    const { logger, token, report } = this.#options;
    const client = this.#client;
    client.on(Events.InteractionCreate, (interaction) => this.#take(interaction));
    this.#presence.start();
    client.on(Events.Error, (error) => logger.error({ reason: describe(error) }, 'Discord'));
    // The service closes the connection for good, as when the token has been reset.
    client.on(Events.ShardDisconnect, () => {
      report.ended('refused');
    });
    try {
      const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
      await client.login(token);
      await this.#register((await ready).application.id);
      this.#disconnectCards = this.#options.cards.connect('discord', cardPort(client.rest));
      report.is('on');
    } catch (error) {
      const isRefused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
      await client.destroy();
      report.ended(isRefused ? 'refused' : 'unreachable', describe(error));
    }
  }

  async stop(): Promise<void> {
    this.#presence.stop();
    const patience = new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE).unref());
    await Promise.race([Promise.allSettled(this.#underWay), patience]);
    this.#disconnectCards();
    await this.#client.destroy();
  }

  #take(interaction: Interaction): void {
    const job = this.#handle(interaction)
      .catch((error: unknown) => {
        if (
          error instanceof DiscordAPIError &&
          error.code === UNKNOWN_INTERACTION &&
          interaction.isAutocomplete()
        )
          return;
        this.#options.logger.error({ reason: describe(error) }, 'Discord');
      })
      .finally(() => this.#underWay.delete(job));
    this.#underWay.add(job);
  }

  async #handle(interaction: Interaction): Promise<void> {
    // A private message does not say what somebody is in the server.
    if (!interaction.inGuild()) await this.#home?.members.fetch(interaction.user.id).catch(() => null);
    if (interaction.isChatInputCommand()) await this.#command(interaction);
    else if (interaction.isAutocomplete()) await this.#suggest(interaction);
    else if (interaction.isButton()) await this.#press(interaction);
  }

  async #command(interaction: ChatInputCommandInteraction): Promise<void> {
    const { commands, cards } = this.#options;
    const name = interaction.commandName;
    const command = isCommandName(name) ? commands[name] : null;
    const values = command ? valuesOf(command, interaction) : [];
    const isPrivate = command === null || isPrivateCall(command, values);
    // Who sees the answer is settled here and cannot be changed later.
    await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
    const asked = this.#askedBy(interaction);
    const reply = await this.#execute(interaction, asked, { command: name, values });
    if (reply.isPrivate && !isPrivate) {
      // Nobody else needs to see what went wrong: the public place is taken back.
      await interaction.deleteReply();
      await interaction.followUp({ ...renderReply(reply), flags: MessageFlags.Ephemeral });
    } else {
      const { id } = await interaction.editReply(renderReply(reply));
      cards.posted(asked.place, id, reply);
    }
  }

  async #suggest(interaction: AutocompleteInteraction): Promise<void> {
    const { context } = this.#options;
    const { name, value } = interaction.options.getFocused(true);
    const suggestions = suggest(context, this.#actorOf(interaction), { option: name, typed: value });
    await interaction.respond(
      suggestions.slice(0, MOST_CHOICES).map(({ label, channelId }) => ({
        name: label.slice(0, LONGEST_CHOICE),
        value: `#${channelId}`,
      })),
    );
  }

  async #press(interaction: ButtonInteraction): Promise<void> {
    const { cards } = this.#options;
    const asked = this.#askedBy(interaction);
    await interaction.deferUpdate();
    const action = decodeAction(interaction.customId) ?? { command: '', values: [] };
    const reply = await this.#execute(interaction, asked, action);
    if (reply.isFleeting) return;
    const message = renderReply(reply);
    const isPublic = !interaction.message.flags.has(MessageFlags.Ephemeral);
    if (reply.isPrivate && isPublic) {
      await interaction.followUp({ ...message, flags: MessageFlags.Ephemeral });
    } else if (isPublic) {
      await cards.inTurn(asked.place.id, async () => {
        const { id } = await interaction.editReply(message);
        cards.posted(asked.place, id, reply);
      });
    } else if (reply.isPrivate) await interaction.editReply(message);
    else {
      // What was asked of one person has become something for all: the question goes.
      const { id } = await interaction.followUp(message);
      cards.posted(asked.place, id, reply);
      await interaction.deleteReply();
    }
  }

  /** @returns what to show in place. */
  async #execute(
    interaction: ButtonInteraction | ChatInputCommandInteraction,
    asked: Asked,
    action: Action,
  ): Promise<Reply> {
    const { commands, context, logger } = this.#options;
    const reply = await execute(commands, context, asked, action);
    if (!reply.direct) return reply;
    try {
      await interaction.user.send(renderReply(reply));
      return { lines: [[phrasesIn(asked.actor.language).sentPrivately]], isPrivate: true };
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      // Their private messages are closed: nobody else sees the place either.
      logger.debug({ reason: describe(error) }, 'no private message');
      return reply;
    }
  }

  #askedBy(interaction: Interaction): Asked {
    return {
      actor: this.#actorOf(interaction),
      place: this.#placeOf(interaction),
      askedAt: interaction.createdTimestamp,
    };
  }

  #actorOf(interaction: Interaction): Actor {
    const { context, guildId, language } = this.#options;
    const introduction = introduce(interaction, this.#home);
    // Whoever owns another server, and has invited the bot into it, is nobody here.
    const isElsewhere = guildId !== null && interaction.inGuild() && interaction.guildId !== guildId;
    return identify(isElsewhere ? { ...introduction, groups: [], isOwner: false } : introduction, {
      listed: context.listed.discord,
      people: context.people,
      language,
    });
  }

  /** Whose roles count in private messages: the one server there is. */
  get #home(): Guild | null {
    const { guildId } = this.#options;
    const { cache } = this.#client.guilds;
    if (guildId !== null) return cache.get(guildId) ?? null;
    return cache.size === 1 ? (cache.first() ?? null) : null;
  }

  #placeOf(interaction: Interaction): Place {
    const { language } = this.#options;
    const isPrivate = !interaction.inGuild();
    const tag = isPrivate ? interaction.locale : (interaction.guildLocale ?? undefined);
    return {
      id: `discord:${interaction.channelId ?? interaction.user.id}`,
      platform: 'discord',
      language: languageOfTag(tag, language),
      isPrivate,
      ...(interaction.guild ? { owner: `discord:${interaction.guild.ownerId}` } : {}),
      lacks: isPrivate ? [] : lackingIn(interaction.appPermissions),
    };
  }

  /** Only if something has changed: Discord counts registrations. The other scope is emptied, or all shows twice. */
  async #register(applicationId: string): Promise<void> {
    const { commands, guildId, registered } = this.#options;
    const body = slashCommands(commands);
    const hash = createHash('sha256')
      .update(JSON.stringify([applicationId, guildId, body]))
      .digest('hex');
    if ((await registered.read()) === hash) return;
    const everywhere = Routes.applicationCommands(applicationId);
    const { rest } = this.#client;
    if (guildId) {
      await rest.put(Routes.applicationGuildCommands(applicationId, guildId), { body });
      await rest.put(everywhere, { body: [] });
    } else await rest.put(everywhere, { body });
    await registered.write(hash);
  }
}

/** What went wrong, without the request: it holds private links. */
function describe(error: unknown): string {
  if (error instanceof DiscordAPIError)
    return `${error.method} ${error.status} ${error.code}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A person as commands take them. */
function toPerson(user: User | null): string {
  return user ? `${user.id} ${user.displayName}` : '';
}

/** One for each option, after the verb if there is one. */
function valuesOf({ verbs, options }: Command, { options: given }: ChatInputCommandInteraction): string[] {
  const texts = (wanted: Command['options']) =>
    wanted.map(({ name, kind }) =>
      kind === 'person' ? toPerson(given.getUser(name)) : (given.getString(name) ?? ''),
    );
  if (!verbs) return texts(options);
  const verb = verbs.find(({ name }) => name === given.getSubcommand(false));
  return verb ? [verb.name, ...texts(verb.options)] : [];
}
