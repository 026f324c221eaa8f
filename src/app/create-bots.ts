import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { BotRunner, type BotRunnerOptions } from '../bots/bot-runner.ts';
import type { CardSync } from '../bots/card-sync.ts';
import type { CommandContext } from '../commands/context.ts';
import { registry } from '../commands/registry.ts';
import type { Config } from '../config/config.ts';
import type { Platform } from '../domain/actor.ts';
import type { Webhooks } from '../domain/webhook.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secrets.ts';
import { Cards } from '../store/cards.ts';
import { ChatMoves } from '../store/chat-moves.ts';
import { JsonFile } from '../store/json-file.ts';
import type { Part } from './lifecycle.ts';

export interface BotsOptions {
  readonly config: Config;
  readonly context: CommandContext;
  readonly cards: CardSync;
  readonly database: DatabaseSync;
  readonly webhooks: Webhooks;
  readonly webhookSecret: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
}

export type Bots = Partial<Record<Platform, BotRunner>>;

/**
 * The bots whose tokens are set. They start in the background: a bot that cannot start says so in the log, and players do
 * not wait for it. Their libraries are large, and loaded only where there is a token.
 */
export function createBots(options: BotsOptions): Part<Bots> {
  const {
    config,
    context,
    cards,
    database,
    webhooks,
    webhookSecret: secret,
    clock,
    logger,
    secrets,
  } = options;
  const { discord, telegram } = config;
  const shared = { language: config.language, commands: registry, context, cards };
  const bots: Bots = {};
  const keep = (platform: Platform, create: BotRunnerOptions['create']): void => {
    bots[platform] = new BotRunner({ platform, create, clock, logger });
  };
  if (discord) {
    secrets.add(discord.token);
    const registered = new JsonFile(join(config.dataDir, 'discord.json'), z.string());
    const own = { ...discord, ...shared, registered, logger: logger.child({ bot: 'discord' }) };
    keep('discord', async (report) => {
      const { DiscordBot } = await import('../bots/discord/bot.ts');
      return new DiscordBot({ ...own, report });
    });
  } else logger.info('Discord is off: DISCORD_TOKEN is not set');
  if (telegram) {
    secrets.add(telegram.token);
    const webhook =
      telegram.isWebhook && config.publicUrl
        ? { baseUrl: `${config.publicUrl}/webhooks`, secret, webhooks }
        : null;
    const stored = { moves: new ChatMoves(database), cards: new Cards(database) };
    const own = { ...telegram, ...shared, stored, webhook, logger: logger.child({ bot: 'telegram' }) };
    keep('telegram', async (report) => {
      const { TelegramBot } = await import('../bots/telegram/bot.ts');
      return new TelegramBot({ ...own, report });
    });
  } else logger.info('Telegram is off: TELEGRAM_TOKEN is not set');
  return {
    api: bots,
    start: () => {
      for (const bot of Object.values(bots)) bot.start();
    },
    stop: async () => {
      for (const bot of Object.values(bots)) await bot.stop();
    },
  };
}
