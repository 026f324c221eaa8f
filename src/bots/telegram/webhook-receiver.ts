import type { Update } from 'grammy/types';
import { z } from 'zod';
import { sameText } from '../../access/signer.ts';
import type { Webhooks } from '../../domain/webhook.ts';
import { sleep } from '../../lib/clock.ts';
import { apiSignal } from './api-signal.ts';
import { describe, isTokenRefused } from './errors.ts';
import { allowedUpdates, type Receiver, type ReceiverOptions } from './receiver.ts';

export interface WebhookOptions {
  /** The address as Telegram reaches it, without the last part. */
  readonly baseUrl: string;
  readonly secret: string;
  readonly webhooks: Webhooks;
}

const NAME = 'telegram';
/** Updates that are remembered, so that one that is sent twice is taken once. */
const MOST_REMEMBERED = 1_000;
/** Between looks whether the service can be reached, in milliseconds. */
const LOOK_EVERY = 20_000;
const LOST_AFTER = 8_000;
// Who knows the secret is Telegram: only what we rely on before the library is looked at.
const updateSchema = z.custom<Update>((value) => z.object({ update_id: z.int() }).safeParse(value).success);

/** Has updates sent to an address of ours. What comes while nobody listens is sent again. */
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

  /** The service sends an update again where our answer got lost. */
  #isNew(id: number): boolean {
    if (this.#taken.has(id)) return false;
    this.#taken.add(id);
    const [oldest] = this.#taken;
    if (this.#taken.size > MOST_REMEMBERED && oldest !== undefined) this.#taken.delete(oldest);
    return true;
  }

  /** Nothing comes from a service that cannot be reached, so it is asked now and then. */
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
        listener.onState('unreachable', describe(error));
      }
    }
  }
}
