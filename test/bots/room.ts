import { PassThrough } from 'node:stream';
import { vi } from 'vitest';
import type { ConfiguredIds, IdsByRole } from '../../src/access/people.ts';
import { Votes } from '../../src/actions/votes.ts';
import type { Bot, Report } from '../../src/bots/bot-runner.ts';
import { CardSync } from '../../src/bots/card-sync.ts';
import { DiscordBot } from '../../src/bots/discord/bot.ts';
import { logState } from '../../src/bots/log-state.ts';
import { TelegramBot } from '../../src/bots/telegram/bot.ts';
import type { WebhookOptions } from '../../src/bots/telegram/webhook-receiver.ts';
import type { CommandContext } from '../../src/commands/context.ts';
import type { Commands } from '../../src/commands/registry.ts';
import { registry } from '../../src/commands/registry.ts';
import { voteCutOff } from '../../src/commands/vote-reply.ts';
import type { BotState } from '../../src/domain/bot-state.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { LogTail } from '../../src/lib/log-tail.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { Secrets } from '../../src/lib/secrets.ts';
import { Cards } from '../../src/store/cards.ts';
import { ChatMoves } from '../../src/store/chat-moves.ts';
import { TelegramGroups } from '../../src/store/telegram-groups.ts';
import { VoteMessages } from '../../src/store/vote-messages.ts';
import { token as discordToken, ids, type Scene, startScene } from '../fakes/discord/scene.ts';
import { type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';
import { FakeTelegram, type FakeTelegramOptions } from '../fakes/telegram/fake-telegram.ts';

export interface RoomOptions {
  /** Whom the settings let in; by default as the set-up page of `http` has set it. */
  readonly listed?: ConfiguredIds;
  readonly commands?: Commands;
  /** Wraps the context that the bots get, for example in a spy. */
  readonly wrap?: (context: CommandContext) => CommandContext;
  readonly http?: FakeHttpOptions;
  /** Wraps the context of the bots' commands, but not of the cards. */
  readonly spy?: (context: CommandContext) => CommandContext;
  /** The server of Discord's bot, the scene's by default; null for any. */
  readonly guildId?: string | null;
  readonly telegram?: FakeTelegramOptions;
  /** Uses a fake clock rather than real time. */
  readonly isTimeFake?: boolean;
}

/** Both bots in this process, each against its strict fake service, over a broadcast of invented channels. */
export interface Room {
  readonly http: FakeHttp;
  /** The context of the bots' commands. */
  readonly context: CommandContext;
  readonly discord: Scene;
  readonly telegram: FakeTelegram;
  readonly cards: Cards;
  readonly keeper: CardSync;
  readonly voteMessages: VoteMessages;
  /** The states that each bot has reported. */
  readonly states: Readonly<Record<'discord' | 'telegram', BotState[]>>;
  readonly log: () => string;
  /** The stored registration of Discord's bot. */
  readonly registered: { hash: string | null; isDiskFull: boolean };
  readonly startDiscord: (token?: string) => Promise<Bot>;
  readonly startTelegram: (token?: string, webhook?: WebhookOptions | null) => Promise<Bot>;
  /** Ends the bots and their memory; new ones start from the stores. */
  readonly restart: () => Promise<void>;
  /** Ends everything. */
  readonly stop: () => Promise<void>;
}

/** Ids by role, for `listed`. */
export function idsByRole(ids: Partial<Record<keyof IdsByRole, readonly (string | number)[]>>): IdsByRole {
  const set = (role: keyof IdsByRole) => new Set((ids[role] ?? []).map(String));
  return { admin: set('admin'), controller: set('controller'), viewer: set('viewer') };
}

export async function startRoom({
  listed,
  commands = registry,
  wrap = (context) => context,
  spy = (context) => context,
  guildId = ids.guild,
  http: httpOptions = {},
  telegram: telegramOptions = {},
  isTimeFake = false,
}: RoomOptions = {}): Promise<Room> {
  const http = await startFakeHttp(httpOptions);
  const [discord, telegram] = await Promise.all([
    startScene(isTimeFake ? { clock: http.clock } : {}),
    FakeTelegram.start({ ...telegramOptions, ...(isTimeFake ? { clock: http.clock } : {}) }),
  ]);
  const clock = isTimeFake ? http.clock : systemClock;
  const states = { discord: [] as BotState[], telegram: [] as BotState[] };
  const registered = { hash: null as string | null, isDiskFull: false };
  const out = new PassThrough();
  let log = '';
  out.on('data', (line: Buffer) => {
    log += line.toString();
  });
  const logger = createLogger({
    level: 'debug',
    secrets: new Secrets(),
    out,
    tail: new LogTail(systemClock),
  });
  http.telegram.apiUrl = telegram.url;
  const { database } = http;
  const cards = new Cards(database);
  const voteMessages = new VoteMessages(database);
  /** The state that does not survive a restart. */
  const begin = () => {
    const votes = new Votes({ clock, messages: voteMessages, logger });
    const unseen = wrap({
      ...http.context,
      clock,
      get listed() {
        return listed ?? http.context.listed;
      },
      votes,
    });
    const keeper = new CardSync({ cards, context: unseen, logger });
    keeper.start();
    votes.closeLeft((message) => keeper.change(message, voteCutOff(message.language)));
    return { votes, keeper, context: spy(unseen) };
  };
  let process = begin();
  let bots: { readonly bot: Bot; readonly again: () => Promise<Bot> }[] = [];
  const start = async (bot: Bot, again: () => Promise<Bot>): Promise<Bot> => {
    bots.push({ bot, again });
    await bot.start();
    return bot;
  };
  const reportTo = (platform: 'discord' | 'telegram'): Report => {
    const tell = (state: BotState, details?: string): void => {
      logState(logger, platform, { state, before: states[platform].at(-1) ?? 'starting', details });
      states[platform].push(state);
    };
    return { is: tell, ended: tell };
  };
  const shared = () => {
    const { context, keeper } = process;
    return { language: 'en', commands, context, cards: keeper, logger } as const;
  };
  const startDiscord = (token = discordToken): Promise<Bot> =>
    start(
      new DiscordBot({
        ...shared(),
        token,
        apiUrl: discord.fake.api,
        guildId,
        report: reportTo('discord'),
        registered: {
          read: async () => registered.hash,
          write: async (hash) => {
            if (registered.isDiskFull) throw new Error('ENOSPC: no space left on device');
            registered.hash = hash;
          },
        },
      }),
      () => startDiscord(token),
    );
  const startTelegram = (token = telegram.token, webhook: WebhookOptions | null = null): Promise<Bot> =>
    start(
      new TelegramBot({
        ...shared(),
        token,
        apiUrl: telegram.url,
        webhook,
        stored: {
          moves: new ChatMoves(database),
          cards,
          groups: new TelegramGroups(database),
        },
        ownerCodes: http.context.setupTelegram.codes,
        report: reportTo('telegram'),
      }),
      () => startTelegram(token, webhook),
    );
  const stopBots = async (): Promise<void> => {
    await Promise.all(bots.map(({ bot }) => bot.stop()));
    process.keeper.stop();
    process.votes.stop();
  };
  return {
    http,
    get context() {
      return process.context;
    },
    get keeper() {
      return process.keeper;
    },
    discord,
    telegram,
    cards,
    voteMessages,
    states,
    registered,
    log: () => log,
    startDiscord,
    startTelegram,
    restart: async () => {
      await stopBots();
      const before = bots;
      bots = [];
      process = begin();
      await Promise.all(before.map(({ again }) => again()));
    },
    stop: async () => {
      await stopBots();
      await Promise.all([http.stop(), discord.fake.stop(), telegram.stop()]);
    },
  };
}

/** Waits in real time until a condition holds. */
export const until = (check: () => unknown) =>
  vi.waitFor(() => {
    if (!check()) throw new Error('not yet');
  }, 5_000);
