import type { Action, Reply } from '../../commands/reply.ts';
import { sleep } from '../../lib/clock.ts';
import { telegramMessagesIn } from '../../words/telegram.ts';
import { Acknowledgement } from './acknowledgement.ts';
import { type Answers, isList, ownerOf } from './answers.ts';
import { CallDropped } from './call-queue.ts';
import { isFinal } from './errors.ts';
import type { TelegramOptions } from './options.ts';
import type { Origin } from './origin.ts';
import type { Outbox } from './outbox.ts';
import { decodePress } from './press-data.ts';
import { Progress } from './progress.ts';
import { plainText } from './render-message.ts';

/** Milliseconds that a press waits for an answer to show as a toast; then it is only acknowledged. */
const ANSWER_WITHIN = 250;
/** Milliseconds that an edit may hold up the place's other edits. */
const LONGEST_TURN = 4_000;
/** Characters beyond which a toast stays open until it is closed. */
const LONG_TOAST = 80;

export interface PressesOptions extends TelegramOptions {
  readonly outbox: Outbox;
  readonly answers: Answers;
}

/** One press of a button. */
interface Pressed {
  readonly origin: Origin;
  /** The message that holds the button. */
  readonly message: number;
  readonly action: Action;
  /** The person who alone may press the button; null for everybody. */
  readonly owner: number | null;
  readonly acknowledgement: Acknowledgement;
}

/** Handles presses of buttons: acknowledges them at once, and answers by a toast, an edit or a message. */
export class Presses {
  readonly #options: PressesOptions;
  /** The newest pending edit of each message, which aborts older ones. */
  readonly #newest = new Map<string, AbortController>();

  constructor(options: PressesOptions) {
    this.#options = options;
  }

  /** Handles a press. @param query the callback query's id. */
  async press(origin: Origin, query: string, data: string): Promise<void> {
    const { outbox, context, logger } = this.#options;
    const { owner, action } = decodePress(data);
    const acknowledgement = new Acknowledgement(outbox, context.clock, query, logger);
    const { message, actor, person } = origin;
    if (owner !== null && owner !== person)
      return acknowledgement.send({ text: telegramMessagesIn(actor.language).notYours, isAlert: true });
    if (message === undefined) return acknowledgement.send();
    const known = action ?? { command: '', values: [] };
    await this.#run({ origin, message, action: known, owner, acknowledgement });
  }

  async #run(pressed: Pressed): Promise<void> {
    const { answers, context } = this.#options;
    const { origin, action, acknowledgement } = pressed;
    const progress = this.#progressOf(pressed);
    const acknowledged = Promise.withResolvers<null>();
    const working = answers.execute(origin, action, (reply) => {
      void acknowledgement.send({ text: plainText(reply) });
      acknowledged.resolve(null);
      if (!this.#isCard(pressed)) progress.show(reply);
    });
    // The button shows a spinner until the press is acknowledged.
    const late = sleep(context.clock, ANSWER_WITHIN).then(() => null);
    const early = await Promise.race([working, acknowledged.promise, late]);
    if (!early) await acknowledgement.send();
    const reply = await working;
    await this.#show(pressed, reply, await progress.end());
  }

  async #show(pressed: Pressed, reply: Reply, shown: number | null): Promise<void> {
    const { answers } = this.#options;
    const { origin, acknowledgement } = pressed;
    if (reply.isFleeting) return acknowledgement.send({ text: plainText(reply) });
    if (reply.isSilent) {
      await acknowledgement.send();
      if (shown !== null) await answers.remove({ chat: origin.chat, message: shown });
    } else if (reply.video) {
      await acknowledgement.send();
      await answers.post(origin, reply, shown);
    } else if (reply.direct || this.#staysBeside(pressed, reply, shown))
      await this.#answerBeside(pressed, reply);
    else await this.#replace(pressed, reply);
  }

  /** Whether the message stays because others need it, so that the answer goes beside it. */
  #staysBeside(pressed: Pressed, reply: Reply, shown: number | null): boolean {
    if (shown !== null) return false;
    if (reply.isRefusal) return true;
    const isShared = !pressed.origin.place.isPrivate && pressed.owner === null;
    return reply.isPrivate && (isShared || this.#isCard(pressed));
  }

  /** Answers by a toast if the reply is short and in time, else by a message. */
  async #answerBeside({ origin, action, acknowledgement }: Pressed, reply: Reply): Promise<void> {
    const { answers } = this.#options;
    const text = plainText(reply);
    const isToast = !reply.direct && !acknowledgement.isGiven && (reply.isRefusal || !isList(reply));
    if (isToast) {
      return acknowledgement.send({ text, isAlert: (reply.isRefusal ?? false) || text.length > LONG_TOAST });
    }
    await acknowledgement.send();
    const isElsewhere = !origin.place.isPrivate && (reply.direct || isList(reply));
    if (!isElsewhere) return answers.post(origin, reply);
    const { instead } = await answers.inPrivate(origin, reply.direct ?? action, reply);
    if (instead) await answers.post(origin, instead);
  }

  async #replace(pressed: Pressed, reply: Reply): Promise<void> {
    const { answers, cards } = this.#options;
    const { origin, message, acknowledgement } = pressed;
    await acknowledgement.send();
    try {
      await this.#editInTurn(pressed, reply);
      cards.posted(origin.place, String(message), reply);
    } catch (error) {
      if (!isFinal(error)) throw error;
      // The message was deleted or is too old to edit.
      await answers.post(origin, reply);
    }
  }

  /** Edits the message in the place's turn. Waits for rate limits outside the turn, so that other edits can go on. */
  async #editInTurn(pressed: Pressed, reply: Reply): Promise<void> {
    const { outbox, cards } = this.#options;
    const { origin, message } = pressed;
    const { place, actor, chat } = origin;
    const key = `${chat}:${message}`;
    this.#newest.get(key)?.abort(new CallDropped());
    const newest = new AbortController();
    this.#newest.set(key, newest);
    const { signal } = newest;
    const language = reply.isPrivate ? actor.language : place.language;
    const post = { language, owner: ownerOf(origin, reply), signal, life: LONGEST_TURN };
    try {
      for (;;) {
        try {
          return await cards.inTurn(place.id, async () => {
            if (cards.shows({ place: place.id, message: String(message) }, reply)) return;
            await outbox.edit({ chat, message }, reply, post);
          });
        } catch (error) {
          if (!(error instanceof CallDropped) || signal.aborted) throw error;
          await outbox.editable(chat, { signal });
        }
      }
    } finally {
      if (this.#newest.get(key) === newest) this.#newest.delete(key);
    }
  }

  #isCard({ origin, message }: Pressed): boolean {
    return this.#options.cards.isCard({ place: origin.place.id, message: String(message) });
  }

  /** The progress of a press, shown in the message whose button was pressed. */
  #progressOf({ origin, message, acknowledgement }: Pressed): Progress {
    const { outbox, cards, context } = this.#options;
    const { place, chat, actor } = origin;
    return new Progress(
      {
        send: async () => message,
        edit: async (id, reply, signal) => {
          await acknowledgement.settled();
          const post = { language: actor.language, signal, life: 0 };
          await cards.inTurn(place.id, () => outbox.edit({ chat, message: id }, reply, post));
        },
        remove: async () => {},
      },
      context.clock,
      message,
    );
  }
}
