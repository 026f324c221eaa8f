import { aToken } from './discord/a-token.ts';
import { FakeDiscord } from './discord/fake-discord.ts';
import type { FakeGroup } from './telegram/fake-group.ts';
import { FakeTelegram } from './telegram/fake-telegram.ts';
import { TsSource } from './ts-source.ts';
import { FakePanel } from './xtream-panel.ts';

/** A channel of the provider; its picture tells it from the others. */
export interface OwnChannel {
  readonly name: string;
  /** Of the picture, in pixels. */
  readonly width: number;
}

/** The provider's channels. */
export const channels = {
  news: { name: 'Rivage Info', width: 160 },
  film: { name: 'Rivage Film', width: 240 },
  sport: { name: 'Rivage Sport', width: 320 },
} as const satisfies Record<string, OwnChannel>;

const ids = {
  application: '100000000000000001',
  guild: '200000000000000001',
  tv: '300000000000000001',
  role: '400000000000000001',
  anna: '500000000000000001',
  owner: 700_000_001,
  ben: 700_000_002,
} as const;

/** How long people in a chat wait for the bot, in milliseconds. */
const PATIENCE = 20_000;

/** A new owner's surroundings: a provider, a Discord server and a Telegram group, in which neither bot is yet. */
export class NewOwnerWorld {
  readonly role = 'Friends';
  readonly group = 'Sunday football';
  readonly discordToken = aToken;
  readonly #panel: FakePanel;
  readonly #sources: readonly TsSource[];
  readonly #discord: FakeDiscord;
  readonly #telegram: FakeTelegram;
  readonly #invite: () => void;
  readonly #group: FakeGroup;

  private constructor(
    panel: FakePanel,
    sources: readonly TsSource[],
    discord: FakeDiscord,
    telegram: FakeTelegram,
  ) {
    this.#panel = panel;
    this.#sources = sources;
    this.#discord = discord;
    this.#telegram = telegram;
    this.#invite = discord.kickBot(ids.guild);
    telegram.user(ids.owner, { first_name: 'Olga', language_code: 'en' });
    const ben = telegram.user(ids.ben, { first_name: 'Ben', language_code: 'en' });
    this.#group = telegram.group(this.group, { members: [ben], bot: 'left' });
  }

  static async start(): Promise<NewOwnerWorld> {
    const known = Object.values(channels).map((channel, index) => ({ ...channel, id: index + 1 }));
    const [panel, discord, telegram, ...sources] = await Promise.all([
      FakePanel.start({
        username: 'olga',
        password: 'Rivage-2041',
        maxConnections: 2,
        channels: known.map(({ id, name }) => ({ id, name, category: '1' })),
        categories: [{ id: '1', name: 'Rivage' }],
      }),
      FakeDiscord.start({
        applicationId: ids.application,
        token: aToken,
        guilds: [
          {
            id: ids.guild,
            name: 'Living room',
            channels: [{ id: ids.tv, name: 'tv' }],
            roles: [{ id: ids.role, name: 'Friends', colour: 0x2ecc71 }],
            members: [{ userId: ids.anna, name: 'Anna', roles: [ids.role] }],
          },
        ],
      }),
      FakeTelegram.start({ patience: PATIENCE }),
      ...known.map(({ width }) => TsSource.render({ filter: `scale=${width}:${(width * 3) / 4}` })),
    ]);
    for (const [index, { id }] of known.entries()) {
      const source = sources[index];
      if (source) panel.live.set(id, source.serve);
    }
    return new NewOwnerWorld(panel, sources, discord, telegram);
  }

  /** The settings by which the server finds this Discord and this Telegram in place of the real ones. */
  get env(): Record<string, string> {
    return { DISCORD_API_URL: this.#discord.api, TELEGRAM_API_URL: this.#telegram.url };
  }

  /** What the provider has sent after the purchase. */
  get mail(): string {
    const { url, username, password } = this.#panel;
    return `Thank you for your order!\n\nYour M3U link: ${url}/get.php?username=${username}&password=${password}&type=m3u_plus&output=ts\n\nEnjoy!`;
  }

  /** BotFather's message about the new bot. */
  get botFather(): string {
    const { token, username } = this.#telegram;
    return `Done! Congratulations on your new bot. You will find it at t.me/${username}. You can now add a description.\n\nUse this token to access the HTTP API:\n${token}\nKeep your token secure and store it safely, it can be used by anyone to control your bot.\n\nFor a description of the Bot API, see this page: https://core.telegram.org/bots/api`;
  }

  get telegramName(): string {
    return this.#telegram.username;
  }

  /** Every id that somebody could have to type. */
  get ids(): readonly string[] {
    return [...Object.values(ids).map(String), String(this.#group.id)];
  }

  /** Adds the bot to the Discord server, as Discord does at the end of the invitation. */
  invite(): void {
    this.#invite();
  }

  /** Somebody with the role types /play in Discord. */
  async playInDiscord({ name }: OwnChannel): Promise<void> {
    const anna = this.#discord.user(ids.anna);
    const reply = anna.command(ids.tv, 'play', { channel: name });
    await reply.until(({ message }) => JSON.stringify(message ?? '').includes(name), PATIENCE);
  }

  /** The owner presses Start behind the link of the set-up page. */
  async pressStart(link: string): Promise<void> {
    const code = new URL(link).searchParams.get('start') ?? '';
    await this.#telegram.user(ids.owner).start(code).reply(/admin/);
  }

  /** The owner adds the bot to the Telegram group. */
  addToGroup(): void {
    this.#group.setBot('member');
  }

  /** Somebody in the group types /play. */
  async playInTelegram({ name }: OwnChannel): Promise<void> {
    await this.#telegram.user(ids.ben).say(this.#group, `/play ${name}`).reply(name);
  }

  /** Stops everything. @returns what either bot did against the rules of its service */
  async stop(): Promise<readonly unknown[]> {
    for (const source of this.#sources) source.stop();
    await Promise.all([this.#panel.stop(), this.#discord.stop(), this.#telegram.stop()]);
    return [...this.#discord.violations, ...this.#telegram.violations];
  }
}
