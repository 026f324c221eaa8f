import type { Update } from 'grammy/types';
import type { Clock } from '../../../src/lib/clock.ts';
import { badRequest, conflict, type Refusal } from './refusal.ts';

export type UpdateKind = Exclude<keyof Update, 'update_id'>;
export type NewUpdate = Omit<Update, 'update_id'>;

/** Kinds of updates that a bot gets only if it asks for them by name. */
const onlyByName: readonly string[] = ['chat_member', 'message_reaction', 'message_reaction_count'];

interface PollOptions {
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
}

export interface QueueObserver {
  /** Is called when a long poll begins to wait. */
  readonly onPolling: () => void;
  readonly onHandedOut: (update: Update) => void;
  readonly onConfirmed: (updateId: number) => void;
}

interface Poll {
  readonly succeed: () => void;
  readonly fail: (reason: Refusal) => void;
}

/** Holds updates until the bot confirms them, and the long poll that waits for the next. */
export class UpdateQueue {
  readonly #clock: Clock;
  readonly #observer: QueueObserver;
  /** Delivers updates instead of polling; called after every addition. */
  push: (() => void) | null = null;
  #pending: Update[] = [];
  #allowed: readonly string[] = [];
  #nextId = 100_000_000;
  #poll: Poll | null = null;

  constructor(clock: Clock, observer: QueueObserver) {
    this.#clock = clock;
    this.#observer = observer;
  }

  get pending(): readonly Update[] {
    return this.#pending;
  }

  get isPolled(): boolean {
    return this.#poll !== null;
  }

  /** The kinds that the bot asked for; empty for the default kinds. */
  get allowed(): readonly string[] {
    return this.#allowed;
  }

  /** Unknown kinds are a mistake that the service ignores. */
  allow(kinds: readonly string[] | undefined): void {
    if (kinds) this.#allowed = kinds;
  }

  /** Adds an update; undefined if the bot has not asked for its kind. */
  add(kind: UpdateKind, update: NewUpdate): Update | undefined {
    const wanted = this.#allowed.length > 0 ? this.#allowed.includes(kind) : !onlyByName.includes(kind);
    if (!wanted) return undefined;
    const added: Update = { update_id: this.#nextId++, ...update };
    this.#pending.push(added);
    this.#poll?.succeed();
    this.push?.();
    return added;
  }

  /** Records that the bot has received an update. */
  handOut(update: Update): void {
    this.#observer.onHandedOut(update);
  }

  confirm(updateId: number): void {
    this.#pending = this.#pending.filter(({ update_id }) => update_id !== updateId);
    this.#observer.onConfirmed(updateId);
  }

  dropPending(): void {
    this.#pending = [];
  }

  /** Ends a waiting poll with 409. */
  interrupt(by: 'getUpdates' | 'setWebhook'): void {
    const request =
      by === 'getUpdates'
        ? 'other getUpdates request; make sure that only one bot instance is running'
        : 'setWebhook request';
    this.#poll?.fail(conflict(`terminated by ${request}`));
    this.#poll = null;
  }

  /** Polls for updates. @throws {Refusal} 400, 409 */
  async poll({ offset = 0, limit = 100, timeout = 0 }: PollOptions, signal: AbortSignal): Promise<Update[]> {
    if (limit < 1 || limit > 100) throw badRequest('limit must be between 1 and 100');
    if (timeout < 0 || timeout > 50) throw badRequest('timeout must be between 0 and 50 seconds');
    this.interrupt('getUpdates');
    this.#confirmBelow(offset);
    if (this.#pending.length === 0 && timeout > 0) await this.#wait(timeout * 1000, signal);
    if (signal.aborted) return [];
    const batch = this.#pending.slice(0, limit);
    for (const update of batch) this.handOut(update);
    return batch;
  }

  #confirmBelow(offset: number): void {
    // A negative offset counts from the end and confirms all updates before.
    const first = offset < 0 ? (this.#pending.at(offset)?.update_id ?? 0) : offset;
    for (const { update_id } of this.#pending.filter((update) => update.update_id < first))
      this.confirm(update_id);
  }

  async #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    let poll: Poll | null = null;
    let cancel = () => {};
    let left = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        poll = { succeed: resolve, fail: reject };
        this.#poll = poll;
        cancel = this.#clock.after(milliseconds, resolve);
        left = resolve;
        signal.addEventListener('abort', left, { once: true });
        if (signal.aborted) resolve();
        this.#observer.onPolling();
      });
    } finally {
      cancel();
      signal.removeEventListener('abort', left);
      if (this.#poll === poll) this.#poll = null;
    }
  }
}
