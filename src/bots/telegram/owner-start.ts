import type { OwnerCodes } from '../../access/owner-codes.ts';
import type { Reply } from '../../commands/reply.ts';
import { AppError, toAppError } from '../../domain/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { sentence } from '../../words/sentence.ts';
import { telegramMessagesIn } from '../../words/telegram.ts';
import type { Answers } from './answers.ts';
import type { Origin } from './origin.ts';

export interface OwnerStartOptions {
  readonly ownerCodes: Pick<OwnerCodes, 'redeem' | 'expose'>;
  readonly answers: Answers;
  readonly logger: Logger;
}

/** Handles `/start <code>`, by which the owner becomes an admin. */
export class OwnerStart {
  readonly #options: OwnerStartOptions;

  constructor(options: OwnerStartOptions) {
    this.#options = options;
  }

  /** @param username the bot's. */
  async take(origin: Origin, code: string, username: string): Promise<void> {
    const { answers, ownerCodes } = this.#options;
    const { actor, place } = origin;
    const messages = telegramMessagesIn(actor.language);
    if (!place.isPrivate) {
      ownerCodes.expose(code, actor);
      // The same words for a wrong code, so that they tell nothing about it.
      return answers.post(origin, { lines: [[messages.ownerCodeSeen]], isPrivate: true });
    }
    const outcome = await this.#redeem(origin, code);
    if (outcome instanceof AppError) {
      const text = sentence(actor.language, outcome.code, outcome.params);
      return answers.post(origin, { lines: [[text]], isPrivate: true });
    }
    if (!outcome) return this.#refuse(origin);
    const welcome: Reply = {
      lines: [[{ bold: messages.youAreOwner(actor.name) }], [messages.ownerMay]],
      buttons: [[{ label: messages.addToGroup, url: `https://t.me/${username}?startgroup=true` }]],
      isPrivate: true,
    };
    await answers.post(origin, welcome);
  }

  /** @returns whether the code was right; an error if it was, but could not be used. */
  async #redeem({ actor }: Origin, code: string): Promise<boolean | AppError> {
    const { ownerCodes, logger } = this.#options;
    try {
      return await ownerCodes.redeem(code, actor);
    } catch (error) {
      const known = toAppError(error);
      logger.error({ err: error, ref: known.params.ref }, 'the sender of the code could not become an admin');
      return known;
    }
  }

  /** Gives the answer that the person gets without a code, and says why it did not help. */
  async #refuse(origin: Origin): Promise<void> {
    const { answers } = this.#options;
    const reply = await answers.execute(origin, { command: 'help', values: [] }, () => {});
    const hint = telegramMessagesIn(origin.actor.language).ownerCodeEnded;
    await answers.post(origin, { ...reply, lines: [[hint], ...reply.lines] });
  }
}
