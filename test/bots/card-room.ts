import { CardKeeper } from '../../src/bots/card-keeper.ts';
import { DiscordBot } from '../../src/bots/discord/bot.ts';
import { TelegramBot } from '../../src/bots/telegram/bot.ts';
import type { CommandContext } from '../../src/commands/context.ts';
import { registry } from '../../src/commands/registry.ts';
import { Cards } from '../../src/store/cards.ts';
import { openDatabase } from '../../src/store/database.ts';
import { token as discordToken, ids, type Scene, startScene } from '../fakes/discord/scene.ts';
import { type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';
import { idsByRole } from './room.ts';

/** Telegram's people by what they may do; in Discord Anna is a controller, and so is the boss. */
export const viewer = 7;
export const controller = 8;
export const stranger = 9;

/** Both bots with their cards, against the strict test servers, over a broadcast whose channels are made up. */
export interface CardRoom {
  readonly http: FakeHttp;
  readonly context: CommandContext;
  readonly discord: Scene;
  readonly telegram: FakeTelegram;
  readonly cards: Cards;
  /** Ends both bots and what they know; new ones begin with what was kept. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startCardRoom(
  settings: Partial<CommandContext> = {},
  options: FakeHttpOptions = {},
): Promise<CardRoom> {
  const http = await startFakeHttp(options);
  const [discord, telegram] = await Promise.all([startScene({ clock: http.clock }), FakeTelegram.start()]);
  const database = openDatabase(':memory:');
  const cards = new Cards(database);
  const listed = {
    discord: idsByRole({ controller: [ids.dj], viewer: [ids.boss] }),
    telegram: idsByRole({ controller: [controller], viewer: [viewer, 70, 71] }),
  };
  const context = { ...http.context.commands, listed, ...settings };
  const { logger } = http.context;
  let hash: string | null = null;
  const startBots = async () => {
    const keeper = new CardKeeper({ cards, context, logger });
    keeper.start();
    const shared = { language: 'en', commands: registry, context, cards: keeper, logger } as const;
    const inDiscord = new DiscordBot({
      ...shared,
      token: discordToken,
      apiUrl: discord.fake.api,
      guildId: ids.guild,
      report: () => {},
      registered: {
        read: async () => hash,
        write: async (written) => {
          hash = written;
        },
      },
    });
    const inTelegram = new TelegramBot({
      ...shared,
      token: telegram.token,
      apiUrl: telegram.url,
      report: () => {},
      webhook: null,
    });
    await Promise.all([inDiscord.start(), inTelegram.start()]);
    return async () => {
      await Promise.all([inDiscord.stop(), inTelegram.stop()]);
      keeper.stop();
    };
  };
  let stopBots = await startBots();
  return {
    http,
    context,
    discord,
    telegram,
    cards,
    restart: async () => {
      await stopBots();
      stopBots = await startBots();
    },
    stop: async () => {
      await stopBots();
      await Promise.all([discord.fake.stop(), telegram.stop()]);
      await http.stop();
      database.close();
    },
  };
}
