import {
  type ChatInputCommandInteraction,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  SlashCommandBuilder,
} from 'discord.js';
import { ids, type Scene, startScene, token } from './scene.ts';

export const commands = [
  new SlashCommandBuilder()
    .setName('play')
    .setDescription('Switch to a channel')
    .addStringOption((option) =>
      option.setName('channel').setDescription('Which one').setRequired(true).setAutocomplete(true),
    )
    .toJSON(),
  new SlashCommandBuilder()
    .setName('favourites')
    .setDescription('Your channels')
    .addSubcommand((sub) =>
      sub
        .setName('add')
        .setDescription('Keep one')
        .addIntegerOption((option) => option.setName('number').setDescription('Its number').setMinValue(1)),
    )
    .toJSON(),
  new SlashCommandBuilder()
    .setName('stop')
    .setDescription('Switch off')
    .setDefaultMemberPermissions(32)
    .toJSON(),
];

/** A bot written with discord.js on a scene of its own; each test sets its behaviour. */
export class LibraryBot {
  readonly scene: Scene;
  client: Client;
  react: (interaction: Interaction) => Promise<unknown> = async () => {};
  /** Errors inside the bot. */
  readonly failures: unknown[] = [];

  private constructor(scene: Scene) {
    this.scene = scene;
    this.client = this.makeClient();
  }

  /** Logs in and registers its commands in the server. */
  static async start(): Promise<LibraryBot> {
    const bot = new LibraryBot(await startScene());
    await bot.#logIn();
    await bot.client.application?.commands.set(commands, ids.guild);
    return bot;
  }

  async stop(): Promise<void> {
    await this.client.destroy();
    await this.scene.fake.stop();
  }

  /** Restarts the bot without any memory. */
  async restart(): Promise<void> {
    await this.client.destroy();
    this.client = this.makeClient();
    await this.#logIn();
  }

  makeClient(): Client {
    const client = new Client({
      intents: [GatewayIntentBits.Guilds],
      allowedMentions: { parse: [] },
      rest: { api: this.scene.fake.api },
    });
    client.on(Events.InteractionCreate, (interaction) => {
      this.react(interaction).catch((error: unknown) => this.failures.push(error));
    });
    return client;
  }

  async #logIn(): Promise<void> {
    const ready = new Promise((resolve) => this.client.once(Events.ClientReady, resolve));
    await this.client.login(token);
    await ready;
  }
}

export function isCommand(interaction: Interaction): interaction is ChatInputCommandInteraction {
  return interaction.isChatInputCommand();
}

/** Discord's code of an error, or any other error itself. */
export function codeOf(error: unknown): unknown {
  return error instanceof DiscordAPIError ? error.code : error;
}
