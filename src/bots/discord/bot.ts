import {
  type AutocompleteInteraction,
  Client,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  type Interaction,
} from 'discord.js';
import type { CommandContext } from '../../commands/context.ts';
import { FROM_THE_START } from '../../commands/from-the-start.ts';
import type { Commands } from '../../commands/registry.ts';
import { suggest } from '../../commands/suggest.ts';
import { suggestScreens } from '../../commands/suggest-screens.ts';
import type { Language } from '../../domain/actor.ts';
import type { Logger } from '../../lib/logger.ts';
import { shorten } from '../../lib/shorten.ts';
import type { Bot, Report } from '../bot-runner.ts';
import type { CardSync } from '../card-sync.ts';
import { Actors } from './actors.ts';
import { cardPort } from './card-port.ts';
import { describeError, isExpired, isWrongToken } from './errors.ts';
import { Health } from './health.ts';
import { Presence } from './presence.ts';
import { Registration, type RegistrationOptions } from './registration.ts';
import { Responder } from './responder.ts';
import { Uploads } from './uploads.ts';

export interface DiscordOptions {
  readonly token: string;
  /** The address of an API server such as a proxy; null for Discord's own. */
  readonly apiUrl: string | null;
  /** The server in which commands are registered; null for all servers. */
  readonly guildId: string | null;
  readonly language: Language;
  readonly commands: Commands;
  readonly context: CommandContext;
  readonly cards: CardSync;
  readonly logger: Logger;
  readonly report: Report;
  readonly registered: RegistrationOptions['registered'];
}

const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
const STOP_PATIENCE = 5_000;
/** Milliseconds from logging in until the gateway has sent the list of servers. */
const READY_PATIENCE = 30_000;

/** The remote control in Discord: connects to the gateway and hands interactions on. */
export class DiscordBot implements Bot {
  readonly #options: DiscordOptions;
  readonly #client: Client;
  readonly #presence: Presence;
  readonly #health: Health;
  readonly #registration: Registration;
  readonly #actors: Actors;
  readonly #responder: Responder;
  readonly #uploads: Uploads;
  readonly #underWay = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #disconnectCards: () => void = () => {};

  constructor(options: DiscordOptions) {
    this.#options = options;
    const { apiUrl, guildId, context, report } = options;
    const client = new Client({
      intents: [GatewayIntentBits.Guilds],
      // A channel name from a provider must never ping anybody.
      allowedMentions: { parse: [] },
      ...(apiUrl ? { rest: { api: apiUrl } } : {}),
    });
    this.#client = client;
    this.#presence = new Presence(client, context, options.logger);
    this.#health = new Health(report, context.clock);
    this.#registration = new Registration({
      ...options,
      rest: client.rest,
      clock: context.clock,
      isInvited: () => guildId === null || client.guilds.cache.has(guildId),
      onState: (state, details) => this.#health.commandsAre(state, details),
    });
    this.#actors = new Actors({ ...options, client });
    this.#uploads = new Uploads(options.token, apiUrl);
    this.#responder = new Responder({
      ...options,
      client,
      actors: this.#actors,
      uploads: this.#uploads,
      signal: this.#ending.signal,
    });
  }

  async start(): Promise<void> {
    const { token, report } = this.#options;
    const client = this.#client;
    this.#listen();
    this.#presence.start();
    try {
      const { id } = await this.#logIn(token);
      await this.#registration.start(id);
      this.#disconnectCards = this.#options.cards.connect('discord', cardPort(client.rest));
      this.#health.up();
    } catch (error) {
      this.#uploads.stop();
      await client.destroy();
      report.ended(isWrongToken(error) ? 'refused' : 'unreachable', describeError(error));
    }
  }

  async stop(): Promise<void> {
    this.#presence.stop();
    this.#health.end();
    this.#registration.stop();
    const timeout = new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE).unref());
    await Promise.race([Promise.allSettled(this.#underWay), timeout]);
    this.#ending.abort();
    this.#disconnectCards();
    this.#uploads.stop();
    await this.#client.destroy();
  }

  #listen(): void {
    const { logger, report, guildId } = this.#options;
    const client = this.#client;
    const health = this.#health;
    client.on(Events.InteractionCreate, (interaction) => this.#take(interaction));
    client.on(Events.Error, (error) => logger.error({ reason: describeError(error) }, 'Discord'));
    client.on(Events.ShardError, (error) =>
      logger.debug({ reason: describeError(error) }, 'Discord’s gateway'),
    );
    client.on(Events.ShardReconnecting, () => health.connectionLost());
    client.on(Events.ShardResume, () => health.connectionBack());
    client.on(Events.ShardReady, () => health.connectionBack());
    // The gateway closed the connection for good, for example because the token was reset.
    client.on(Events.ShardDisconnect, ({ code }) => {
      const isRefused = code === GatewayCloseCodes.AuthenticationFailed;
      report.ended(isRefused ? 'refused' : 'broken', `the gateway closed the connection: ${code}`);
    });
    const invitationChanged = ({ id }: { id: string }): void => {
      if (id === guildId) this.#track(this.#registration.invitationChanged());
    };
    client.on(Events.GuildCreate, invitationChanged);
    client.on(Events.GuildDelete, invitationChanged);
  }

  /** Resolves to the application once the list of servers has arrived. */
  async #logIn(token: string): Promise<{ readonly id: string }> {
    const { promise: ready, resolve, reject } = Promise.withResolvers<Client<true>>();
    this.#client.once(Events.ClientReady, resolve);
    const late = new Error('the gateway does not say in time that it is ready');
    const cancel = this.#options.context.clock.after(READY_PATIENCE, () => reject(late));
    try {
      const loggedIn = this.#client.login(token);
      await Promise.race([loggedIn, ready]);
      return (await ready).application;
    } finally {
      cancel();
    }
  }

  #take(interaction: Interaction): void {
    if (interaction.isAutocomplete()) this.#track(this.#suggest(interaction));
    else if (interaction.isChatInputCommand() || interaction.isButton() || interaction.isStringSelectMenu())
      this.#track(this.#responder.respond(interaction));
  }

  #track(job: Promise<void>): void {
    const tracked = job
      .catch((error: unknown) => this.#options.logger.error({ reason: describeError(error) }, 'Discord'))
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #suggest(interaction: AutocompleteInteraction): Promise<void> {
    const choices = this.#choicesFor(interaction);
    await interaction.respond(choices).catch((error: unknown) => {
      // The next keystroke came first.
      if (!isExpired(error)) throw error;
    });
  }

  /** Gives no suggestions if the database fails, since autocomplete cannot show an error. */
  #choicesFor(interaction: AutocompleteInteraction): Choice[] {
    const { context, logger } = this.#options;
    try {
      const { name: option, value: typed } = interaction.options.getFocused(true);
      const actor = this.#actors.identifyAtOnce(interaction);
      const { id: place } = this.#actors.placeOf(interaction);
      const choices =
        option === 'screen'
          ? suggestScreens(context, actor, typed).map(({ label, id }) => toChoice(label, id))
          : suggest(context, actor, { place, option, typed }).map(({ label, channel, isFromTheStart }) =>
              toChoice(label, context.marks.typed(channel.id) + (isFromTheStart ? FROM_THE_START : '')),
            );
      return choices.slice(0, MOST_CHOICES);
    } catch (error) {
      logger.error({ reason: describeError(error) }, 'no suggestions');
      return [];
    }
  }
}

/** A suggestion as Discord takes it. */
interface Choice {
  readonly name: string;
  readonly value: string;
}

function toChoice(label: string, value: string): Choice {
  return { name: shorten(label.toWellFormed(), LONGEST_CHOICE) || '…', value };
}
