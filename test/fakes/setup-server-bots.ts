import type { DiscordRoles, DiscordState, TelegramState } from '../../src/web/setup/contract.ts';
import { type Answer, refusal, type SetupServer } from './setup-server.ts';

export const DISCORD_TOKEN = 'discord-token-of-the-test';
/** What BotFather answers, with the token in it. */
export const BOT_FATHER = [
  'Done! Congratulations on your new bot.',
  'Use this token to access the HTTP API:',
  '123456:telegram-token',
  'Keep your token secure and store it safely.',
].join('\n');
const TELEGRAM_TOKEN = /\b\d+:telegram-token$/m;

const PICTURE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"%3E%3Crect width="100%25" height="100%25" fill="%235865f2"/%3E%3C/svg%3E';

type Guild = DiscordState['guilds'][number];

export const GUILD: Guild = {
  id: '100',
  name: 'Salon du foot',
  roles: [
    { id: '11', name: 'Moderators', colour: '#e74c3c' },
    { id: '12', name: 'Regulars', colour: '#2ecc71' },
    { id: '13', name: 'Friends', colour: null },
  ],
};
export const OTHER_GUILD: Guild = {
  id: '200',
  name: 'Family',
  roles: [{ id: '21', name: 'Parents', colour: '#9b59b6' }],
};

/** Adds both bots' routes to the set-up page's server, with what Discord and Telegram do meanwhile. */
export class FakeBots {
  readonly #server: SetupServer;

  constructor(server: SetupServer) {
    this.#server = server;
    const { routes } = server;
    routes.set('PUT /api/setup/discord', ({ token }) => this.#useDiscord(token));
    routes.set('DELETE /api/setup/discord', () => this.#answerDiscord({ ...OFF, ...NO_DISCORD }));
    routes.set('PUT /api/setup/discord/roles', (chosen: DiscordRoles) => this.#answerDiscord({ chosen }));
    routes.set('PUT /api/setup/telegram', ({ token }) => this.#useTelegram(token));
    routes.set('DELETE /api/setup/telegram', () => this.#answerTelegram({ ...OFF, ...NO_TELEGRAM }));
    routes.set('PUT /api/setup/telegram/groups/:id', ({ is_allowed }, id) =>
      this.#answerTelegram({
        groups: server.telegram.groups.map((group) => (group.id === id ? { ...group, is_allowed } : group)),
      }),
    );
    routes.set('POST /api/setup/telegram/code', () =>
      this.#answerTelegram({ start_url: 'https://t.me/zap_test_bot?start=second' }),
    );
  }

  /** Somebody adds the bot to a server. */
  join(...guilds: readonly Guild[]): void {
    this.#answerDiscord({
      state: 'starting',
      message: 'The bot is starting.',
      guilds: [...this.#server.discord.guilds, ...guilds],
    });
  }

  /** The Discord bot has started. */
  goOn(): void {
    this.#answerDiscord({ state: 'on', message: 'It works: type /play.' });
  }

  /** Somebody opens the one-time link and presses Start. */
  pressStart(name: string): void {
    const { admins } = this.#server.telegram;
    this.#answerTelegram({ start_url: null, admins: [...admins, { id: `${admins.length + 1}`, name }] });
  }

  /** Somebody adds the bot to a group. */
  enterGroup(id: string, title: string): void {
    this.#answerTelegram({ groups: [...this.#server.telegram.groups, { id, title, is_allowed: false }] });
  }

  #useDiscord(token: string): Answer {
    if (token !== DISCORD_TOKEN)
      return [
        400,
        refusal('token_wrong', 'Discord refuses this token. Press Reset Token there and copy it anew.'),
      ];
    return this.#answerDiscord({
      state: 'not_invited',
      message: 'The token works. The bot is on no server yet.',
      has_token: true,
      bot: { name: 'Zapette', picture: PICTURE },
      invite_url: 'https://discord.com/oauth2/authorize?client_id=1',
    });
  }

  #useTelegram(text: string): Answer {
    if (!TELEGRAM_TOKEN.test(text))
      return [400, refusal('token_wrong', 'This is not a Telegram token: it looks like 123456789:AAF….')];
    return this.#answerTelegram({
      state: 'on',
      message: 'It works.',
      has_token: true,
      bot: { name: 'Zapette', username: 'zap_test_bot' },
      start_url: 'https://t.me/zap_test_bot?start=first',
    });
  }

  #answerDiscord(change: Partial<DiscordState>): Answer {
    this.#server.discord = { ...this.#server.discord, ...change };
    return [200, this.#server.discord];
  }

  #answerTelegram(change: Partial<TelegramState>): Answer {
    this.#server.telegram = { ...this.#server.telegram, ...change };
    return [200, this.#server.telegram];
  }
}

const OFF = {
  state: 'off',
  message: 'The bot is off: it needs a token.',
  has_token: false,
  bot: null,
} as const;
const NO_DISCORD = {
  invite_url: null,
  guilds: [],
  chosen: { guild_id: null, admin: [], controller: [], viewer: [] },
};
const NO_TELEGRAM = { start_url: null, admins: [], groups: [] };
