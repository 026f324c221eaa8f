import type { Update, WebhookInfo } from 'grammy/types';
import type { Clock } from '../../../src/lib/clock.ts';
import { isReachable } from './links.ts';
import { badRequest } from './refusal.ts';
import type { UpdateQueue } from './update-queue.ts';

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string | undefined;
  readonly maxConnections: number;
}

export interface Delivery {
  readonly updateId: number;
  /** The HTTP status of the bot's answer; 0 if it could not be reached. */
  readonly status: number;
}

/** A call in the body of the bot's answer, which the service carries out. */
export type WebhookReply = (method: string, params: Readonly<Record<string, unknown>>) => Promise<void>;

const answerTime = 5_000;
const firstRetry = 500;

/** Sends each update to the bot, one at a time per chat, until it answers 2xx. */
export class Webhook {
  readonly #clock: Clock;
  readonly #updates: UpdateQueue;
  readonly #onReply: WebhookReply;
  /** Every attempt. */
  readonly deliveries: Delivery[] = [];
  #target: WebhookTarget | null = null;
  #lastError: { at: number; text: string } | null = null;
  readonly #busy = new Set<number>();
  readonly #retries = new Set<() => void>();
  #generation = 0;

  constructor(clock: Clock, updates: UpdateQueue, onReply: WebhookReply) {
    this.#clock = clock;
    this.#updates = updates;
    this.#onReply = onReply;
  }

  get isSet(): boolean {
    return this.#target !== null;
  }

  /** Sets the webhook. @throws {Refusal} 400 in the service's words */
  set(target: WebhookTarget): void {
    check(target);
    this.#forget();
    this.#target = target;
    this.#updates.interrupt('setWebhook');
    this.#updates.push = () => this.#pump();
    this.#pump();
  }

  clear(): void {
    this.#forget();
    this.#target = null;
    this.#lastError = null;
    this.#updates.push = null;
  }

  info(): WebhookInfo {
    return {
      url: this.#target?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.#updates.pending.length,
      ...(this.#target ? { max_connections: this.#target.maxConnections } : {}),
      ...(this.#lastError
        ? {
            last_error_date: Math.floor(this.#lastError.at / 1000),
            last_error_message: this.#lastError.text,
          }
        : {}),
    };
  }

  #forget(): void {
    this.#generation += 1;
    for (const cancel of this.#retries) cancel();
    this.#retries.clear();
    this.#busy.clear();
  }

  #pump(): void {
    const target = this.#target;
    if (!target) return;
    for (const update of this.#updates.pending) {
      const key = queueOf(update);
      if (this.#busy.has(key) || this.#busy.size >= target.maxConnections) continue;
      this.#busy.add(key);
      this.#updates.handOut(update);
      void this.#deliver(target, update, key, firstRetry);
    }
  }

  async #deliver(target: WebhookTarget, update: Update, key: number, retry: number): Promise<void> {
    const generation = this.#generation;
    const { status, reply } = await send(target, update);
    if (generation !== this.#generation) return;
    this.deliveries.push({ updateId: update.update_id, status });
    if (status >= 200 && status < 300) {
      if (reply) await this.#onReply(reply.method, reply.params);
      this.#busy.delete(key);
      this.#updates.confirm(update.update_id);
      this.#pump();
      return;
    }
    const text =
      status === 0 ? 'Connection refused or timed out' : `Wrong response from the webhook: ${status}`;
    this.#lastError = { at: this.#clock.now(), text };
    const cancel = this.#clock.after(retry, () => {
      this.#retries.delete(cancel);
      void this.#deliver(target, update, key, Math.min(retry * 2, 60_000));
    });
    this.#retries.add(cancel);
  }
}

interface Answer {
  readonly status: number;
  readonly reply: { method: string; params: Record<string, unknown> } | null;
}

async function send({ url, secret }: WebhookTarget, update: Update): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret ? { 'x-telegram-bot-api-secret-token': secret } : {}),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(answerTime),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, reply: isJson && response.ok ? replyIn(text) : null };
  } catch {
    return { status: 0, reply: null };
  }
}

function replyIn(text: string): Answer['reply'] {
  const body: unknown = text ? JSON.parse(text) : null;
  if (typeof body !== 'object' || body === null || !('method' in body)) return null;
  const { method, ...params } = body;
  return typeof method === 'string' ? { method, params } : null;
}

function check({ url, secret, maxConnections }: WebhookTarget): void {
  // A loopback address stands for a self-hosted server, which also accepts plain HTTP.
  const allowed = url.startsWith('https://') || (url.startsWith('http://') && !isReachable(url));
  if (!allowed || !URL.canParse(url))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (secret !== undefined && secret.length > 256) throw badRequest('secret token is too long');
  if (secret !== undefined && !/^[\w-]*$/.test(secret))
    throw badRequest('secret token contains unallowed characters');
  if (maxConnections < 1 || maxConnections > 100)
    throw badRequest('max_connections must be between 1 and 100');
}

function queueOf({ message, callback_query, my_chat_member, inline_query }: Update): number {
  return (
    message?.chat.id ??
    callback_query?.message?.chat.id ??
    my_chat_member?.chat.id ??
    inline_query?.from.id ??
    0
  );
}
