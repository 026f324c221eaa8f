import { type RunnerHandle, run } from '@grammyjs/runner';
import { type Bot, BotError } from 'grammy';
import type { Update } from 'grammy/types';
import { z } from 'zod';
import { sameText } from '../../access/signer.ts';
import type { Webhooks } from '../../domain/webhook.ts';

/** How updates come in. */
export interface Receiver {
  /** @param onFailure is told why no more will come. */
  start(bot: Bot, onFailure: (error: unknown) => void): Promise<void>;
  /** No more updates come in. */
  stop(): Promise<void>;
}

/** Asks for updates: needs no address that Telegram can reach. */
export class Polling implements Receiver {
  #runner: RunnerHandle | null = null;

  async start(bot: Bot, onFailure: (error: unknown) => void): Promise<void> {
    // The runner does not do this, and a webhook that was set once would keep all updates from us.
    await bot.api.deleteWebhook();
    // Not silent, it would print the address, and so the token, of whatever fails.
    this.#runner = run(bot, { runner: { silent: true } });
    this.#runner.task()?.catch(onFailure);
  }

  async stop(): Promise<void> {
    const runner = this.#runner;
    this.#runner = null;
    if (runner?.isRunning()) await runner.stop();
  }
}

export interface WebhookOptions {
  /** The address as Telegram reaches it, without the last part. */
  readonly baseUrl: string;
  readonly secret: string;
  readonly webhooks: Webhooks;
}

const NAME = 'telegram';
// Who knows the secret is Telegram: only what we rely on before the library is looked at.
const updateSchema = z.custom<Update>((value) => z.object({ update_id: z.int() }).safeParse(value).success);

/** Has updates sent to an address of ours. What comes while nobody listens is sent again. */
export class WebhookReceiver implements Receiver {
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async start(bot: Bot): Promise<void> {
    const { baseUrl, secret, webhooks } = this.#options;
    webhooks.set(NAME, (headers, body) => {
      const given = headers['x-telegram-bot-api-secret-token'];
      const update = updateSchema.safeParse(body);
      if (typeof given !== 'string' || !sameText(given, secret) || !update.success) return false;
      void bot.handleUpdate(update.data).catch((error: unknown) => {
        if (error instanceof BotError) return bot.errorHandler(error);
      });
      return true;
    });
    await bot.api.setWebhook(`${baseUrl}/${NAME}`, { secret_token: secret });
  }

  async stop(): Promise<void> {
    this.#options.webhooks.delete(NAME);
  }
}
