import type { Update } from 'grammy/types';
import { z } from 'zod';
import { sameText } from '../../access/signer.ts';
import type { Webhooks } from '../../domain/webhook.ts';
import { sleep } from '../../lib/clock.ts';
import { apiSignal } from './api-signal.ts';
import { describeError, isTokenRefused } from './errors.ts';
import { allowedUpdates, type Receiver, type ReceiverOptions } from './receiver.ts';

export interface WebhookOptions {
  /** The public address without its last path segment. */
  readonly baseUrl: string;
  readonly secret: string;
  readonly webhooks: Webhooks;
}

const NAME = 'telegram';
/** The number of update ids that are remembered to detect repetitions. */
const MOST_REMEMBERED = 1_000;
/** Milliseconds between checks whether the service can be reached. */
const LOOK_EVERY = 20_000;
const LOST_AFTER = 8_000;
// The secret proves that Telegram sent the update, so only the field used before the library is validated.
const updateSchema = z.custom<Update>((value) => z.object({ update_id: z.int() }).safeParse(value).success);

/** Receives updates at a webhook. Telegram repeats updates that were not accepted. */
export class WebhookReceiver implements Receiver {
  readonly #options: WebhookOptions;
  readonly #ending = new AbortController();
  readonly #taken = new Set<number>();
  #running: Promise<void> = Promise.resolve();

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async start(options: ReceiverOptions): Promise<void> {
    const { baseUrl, secret, webhooks } = this.#options;
    const { api, listener } = options;
    webhooks.set(NAME, (headers, body) => {
      const given = headers['x-telegram-bot-api-secret-token'];
      const update = updateSchema.safeParse(body);
      if (typeof given !== 'string' || !sameText(given, secret) || !update.success) return false;
      if (this.#isNew(update.data.update_id)) listener.onUpdate(update.data);
      return true;
    });
    await api.setWebhook(`${baseUrl}/${NAME}`, { secret_token: secret, allowed_updates: allowedUpdates });
    listener.onState('on');
    this.#running = this.#look(options);
  }

  async stop(): Promise<void> {
    this.#options.webhooks.delete(NAME);
    this.#ending.abort();
    await this.#running;
  }

  /** Whether the update is new; the service repeats updates whose response was lost. */
  #isNew(id: number): boolean {
    if (this.#taken.has(id)) return false;
    this.#taken.add(id);
    const [oldest] = this.#taken;
    if (this.#taken.size > MOST_REMEMBERED && oldest !== undefined) this.#taken.delete(oldest);
    return true;
  }

  /** Checks regularly that the service can be reached, since an unreachable service sends nothing. */
  async #look({ api, clock, listener }: ReceiverOptions): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await sleep(clock, LOOK_EVERY, signal).catch(() => {});
      if (signal.aborted) return;
      try {
        await api.getMe(apiSignal(signal, AbortSignal.timeout(LOST_AFTER)));
        listener.onState('on');
      } catch (error) {
        if (signal.aborted) return;
        if (isTokenRefused(error)) return listener.onRefused(error);
        listener.onState('unreachable', describeError(error));
      }
    }
  }
}
