import { PassThrough } from 'node:stream';
import { vi } from 'vitest';
import type { IdsByRole, Listed } from '../../src/access/people.ts';
import { CardKeeper } from '../../src/bots/card-keeper.ts';
import { DiscordBot } from '../../src/bots/discord/bot.ts';
import type { Bot } from '../../src/bots/keeper.ts';
import { TelegramBot } from '../../src/bots/telegram/bot.ts';
import type { WebhookOptions } from '../../src/bots/telegram/receiver.ts';
import type { Commands } from '../../src/commands/command.ts';
import type { CommandContext } from '../../src/commands/context.ts';
import { registry } from '../../src/commands/registry.ts';
import type { BotState } from '../../src/domain/bot-state.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { Secrets } from '../../src/lib/secrets.ts';
import { Cards } from '../../src/store/cards.ts';
import { openDatabase } from '../../src/store/database.ts';
import { token as discordToken, ids, type Scene, startScene } from '../fakes/discord/scene.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';

export interface RoomOptions {
  readonly listed?: Listed;
  readonly commands?: Commands;
  /** Between the bots and the fake server's context, such as a spy. */
  readonly wrap?: (context: CommandContext) => CommandContext;
  readonly channels?: readonly Channel[];
}

/** Both bots in this process, each against its strict test server, over a broadcast whose channels are made up. */
export interface Room {
  readonly http: FakeHttp;
  readonly discord: Scene;
  readonly telegram: FakeTelegram;
  /** What each bot has told of itself. */
  readonly states: Readonly<Record<'discord' | 'telegram', BotState[]>>;
  readonly log: () => string;
  /** What Discord's bot remembers of its registration. */
  readonly registered: { hash: string | null };
  readonly startDiscord: (token?: string) => Promise<Bot>;
  readonly startTelegram: (token?: string, webhook?: WebhookOptions | null) => Promise<Bot>;
  /** Ends all of it. */
  readonly stop: () => Promise<void>;
}

/** Ids by role, for `listed`. */
export function idsByRole(ids: Partial<Record<keyof IdsByRole, readonly (string | number)[]>>): IdsByRole {
  const set = (role: keyof IdsByRole) => new Set((ids[role] ?? []).map(String));
  return { admin: set('admin'), controller: set('controller'), viewer: set('viewer') };
}

export async function startRoom({
  listed = { discord: idsByRole({}), telegram: idsByRole({}) },
  commands = registry,
  wrap = (context) => context,
  channels,
}: RoomOptions = {}): Promise<Room> {
  const [http, discord, telegram] = await Promise.all([
    startFakeHttp(channels ? { channels } : {}),
    startScene(),
    FakeTelegram.start(),
  ]);
  const context = wrap({ ...http.context.commands, clock: systemClock, listed });
  const states = { discord: [] as BotState[], telegram: [] as BotState[] };
  const registered = { hash: null as string | null };
  const out = new PassThrough();
  let log = '';
  out.on('data', (line: Buffer) => {
    log += line.toString();
  });
  const logger = createLogger({ level: 'debug', secrets: new Secrets(), out });
  const bots: Bot[] = [];
  const database = openDatabase(':memory:');
  const cards = new CardKeeper({ cards: new Cards(database), context, logger });
  cards.start();
  const shared = { language: 'en', commands, context, cards, logger } as const;
  const start = async (bot: Bot): Promise<Bot> => {
    bots.push(bot);
    await bot.start();
    return bot;
  };
  return {
    http,
    discord,
    telegram,
    states,
    registered,
    log: () => log,
    startDiscord: (token = discordToken) =>
      start(
        new DiscordBot({
          ...shared,
          token,
          apiUrl: discord.fake.api,
          guildId: ids.guild,
          report: (state) => states.discord.push(state),
          registered: {
            read: async () => registered.hash,
            write: async (hash) => {
              registered.hash = hash;
            },
          },
        }),
      ),
    startTelegram: (token = telegram.token, webhook = null) =>
      start(
        new TelegramBot({
          ...shared,
          token,
          apiUrl: telegram.url,
          webhook,
          report: (state) => states.telegram.push(state),
        }),
      ),
    stop: async () => {
      await Promise.all(bots.map((bot) => bot.stop()));
      cards.stop();
      database.close();
      await Promise.all([http.stop(), discord.fake.stop(), telegram.stop()]);
    },
  };
}

/** Waits, in real time, until something is so. */
export const until = (check: () => unknown) =>
  vi.waitFor(() => {
    if (!check()) throw new Error('not yet');
  }, 5_000);
