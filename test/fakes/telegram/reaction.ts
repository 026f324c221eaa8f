import type { Happening } from './journal.ts';
import type { SeenMessage } from './message-store.ts';
import type { CallbackAnswer, InlineAnswer } from './queries.ts';
import type { Service } from './service.ts';

export interface Deed {
  /** The name of the action in error messages. */
  readonly what: string;
  readonly chatId: number;
  /** The journal's position before the action. */
  readonly position: number;
  /** The update that the bot gets; undefined if it gets none. */
  readonly updateId: number | undefined;
  readonly queryId?: string;
  /** The person's message. */
  readonly message?: SeenMessage;
}

/**
 * The consequences of a person's action. Each method returns the first matching event since then, also one that already
 * happened, and rejects if none comes within the patience.
 */
export class Reaction {
  readonly #service: Service;
  readonly #deed: Deed;
  readonly #patience: number;

  constructor(service: Service, deed: Deed, patience: number) {
    this.#service = service;
    this.#deed = deed;
    this.#patience = patience;
  }

  /** Whether the bot gets an update at all (privacy mode, allowed_updates). */
  get reachesBot(): boolean {
    return this.#deed.updateId !== undefined;
  }

  get updateId(): number | undefined {
    return this.#deed.updateId;
  }

  /** The person's message, if the action was one. */
  get message(): SeenMessage | undefined {
    return this.#deed.message;
  }

  /** The bot's next message in that chat, or the next whose text matches. */
  reply(matching?: string | RegExp): Promise<SeenMessage> {
    return this.#next('message', matching);
  }

  /** The bot's next edit of a message in that chat, as a snapshot of the message. */
  edit(matching?: string | RegExp): Promise<SeenMessage> {
    return this.#next('edit', matching);
  }

  /** The answer to the button's query. */
  answer(): Promise<CallbackAnswer> {
    return this.#wait('answer to the callback query', (happening) =>
      happening.kind === 'callback-answer' && happening.answer.queryId === this.#deed.queryId
        ? happening.answer
        : undefined,
    );
  }

  inlineAnswer(): Promise<InlineAnswer> {
    return this.#wait('answer to the inline query', (happening) =>
      happening.kind === 'inline-answer' && happening.answer.queryId === this.#deed.queryId
        ? happening.answer
        : undefined,
    );
  }

  /** Resolves once the bot has confirmed the update, by a later getUpdates or a webhook's 2xx. */
  async confirmed(): Promise<void> {
    const { updateId } = this.#deed;
    if (updateId === undefined) throw new Error(`${this.#deed.what}: the bot is not told of it`);
    await this.#wait('confirmation', (happening) =>
      happening.kind === 'confirmed' && happening.updateId === updateId ? true : undefined,
    );
  }

  /** Everything that the bot has done in that chat since then. */
  get soFar(): readonly SeenMessage[] {
    return this.#service.journal
      .since(this.#deed.position)
      .flatMap((happening) =>
        'message' in happening && happening.message.chatId === this.#deed.chatId ? [happening.message] : [],
      );
  }

  #next(kind: 'message' | 'edit', matching: string | RegExp | undefined): Promise<SeenMessage> {
    const name = kind === 'message' ? 'reply' : 'edit';
    const words = matching === undefined ? '' : ` with ${String(matching)}`;
    return this.#wait(`${name}${words} in chat ${this.#deed.chatId}`, (happening) =>
      happening.kind === kind &&
      happening.message.chatId === this.#deed.chatId &&
      fits(happening.message.text, matching)
        ? happening.message
        : undefined,
    );
  }

  #wait<T>(what: string, pick: (happening: Happening) => T | undefined): Promise<T> {
    const { position, what: deed } = this.#deed;
    return this.#service.journal.wait(position, pick, `${what} after ${deed}`, this.#patience);
  }
}

function fits(text: string, matching: string | RegExp | undefined): boolean {
  if (matching === undefined) return true;
  return typeof matching === 'string' ? text.includes(matching) : matching.test(text);
}
