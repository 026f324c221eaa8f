import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { OwnerCodes } from '../access/owner-codes.ts';
import { BotRunner, type BotRunnerOptions } from '../bots/bot-runner.ts';
import type { CardSync } from '../bots/card-sync.ts';
import type { CommandContext } from '../commands/context.ts';
import { registry } from '../commands/registry.ts';
import type { Settings } from '../config/settings.ts';
import { type Platform, platforms } from '../domain/actor.ts';
import type { BotStates } from '../domain/bot-state.ts';
import type { Webhooks } from '../domain/webhook.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secrets.ts';
import { Cards } from '../store/cards.ts';
import { ChatMoves } from '../store/chat-moves.ts';
import { JsonFile } from '../store/json-file.ts';
import { TelegramGroups } from '../store/telegram-groups.ts';
import type { Part } from './lifecycle.ts';

export interface BotsOptions {
  readonly settings: Pick<Settings, 'current'>;
  readonly context: CommandContext;
  readonly cards: CardSync;
  readonly database: DatabaseSync;
  readonly webhooks: Webhooks;
  readonly webhookSecret: string;
  /** By which people become admins in Telegram. */
  readonly ownerCodes: OwnerCodes;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
}

export interface BotsApi {
  states(): BotStates;
  /** Ends a platform's bot and starts one with the present settings, if they have a token. Resolves once the old one has ended. */
  startAnew(platform: Platform): Promise<void>;
}

/**
 * The bots whose tokens are set. They start in the background: a bot that cannot start says so in the log, and players do
 * not wait for it. Their libraries are large, and loaded only where there is a token.
 */
export function createBots(options: BotsOptions): Part<BotsApi> {
  const running = new Map<Platform, BotRunner>();
  const start = (platform: Platform): void => {
    const create = platform === 'discord' ? discordBot(options) : telegramBot(options);
    if (!create) return;
    const { clock, logger } = options;
    const runner = new BotRunner({ platform, create, clock, logger });
    running.set(platform, runner);
    runner.start();
  };
  const stop = async (platform: Platform): Promise<void> => {
    const runner = running.get(platform);
    running.delete(platform);
    await runner?.stop();
  };
  return {
    api: {
      states: () => ({
        discord: running.get('discord')?.state ?? 'off',
        telegram: running.get('telegram')?.state ?? 'off',
      }),
      startAnew: async (platform) => {
        await stop(platform);
        start(platform);
      },
    },
    start: () => {
      for (const platform of platforms) start(platform);
    },
    stop: async () => {
      for (const platform of platforms) await stop(platform);
    },
  };
}

type CreateBot = BotRunnerOptions['create'];

/** Null where there is no token. */
function discordBot({ settings, context, cards, logger, secrets }: BotsOptions): CreateBot | null {
  const { discord, language, dataDir } = settings.current;
  if (!discord) {
    logger.info('Discord is off: it has no token. Open /setup to enter one.');
    return null;
  }
  secrets.add(discord.token);
  const registered = new JsonFile(join(dataDir, 'discord.json'), z.string());
  const shared = { language, commands: registry, context, cards, registered };
  const own = { ...discord, ...shared, logger: logger.child({ bot: 'discord' }) };
  return async (report) => {
    const { DiscordBot } = await import('../bots/discord/bot.ts');
    return new DiscordBot({ ...own, report });
  };
}

function telegramBot(options: BotsOptions): CreateBot | null {
  const { settings, context, cards, database, webhooks, webhookSecret } = options;
  const { ownerCodes, logger, secrets } = options;
  const { telegram, language, publicUrl } = settings.current;
  if (!telegram) {
    logger.info('Telegram is off: it has no token. Open /setup to enter one.');
    return null;
  }
  secrets.add(telegram.token);
  // One for each bot and server: what a server of another bot has learnt proves nothing here.
  const secret = createHmac('sha256', webhookSecret)
    .update(`${telegram.apiUrl ?? ''}\n${telegram.token}`)
    .digest('base64url');
  secrets.add(secret);
  const webhook =
    telegram.isWebhook && publicUrl ? { baseUrl: `${publicUrl}/webhooks`, secret, webhooks } : null;
  const stored = {
    moves: new ChatMoves(database),
    cards: new Cards(database),
    groups: new TelegramGroups(database),
  };
  const shared = { language, commands: registry, context, cards, stored, webhook, ownerCodes };
  const own = { ...telegram, ...shared, logger: logger.child({ bot: 'telegram' }) };
  return async (report) => {
    const { TelegramBot } = await import('../bots/telegram/bot.ts');
    return new TelegramBot({ ...own, report });
  };
}
