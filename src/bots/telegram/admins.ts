import type { Reply } from '../../commands/reply.ts';
import type { Actor, Language } from '../../domain/actor.ts';
import type { Logger } from '../../lib/logger.ts';
import type { AdminNotices } from '../admin-notices.ts';
import { describeError } from './errors.ts';
import type { Outbox } from './outbox.ts';

export interface AdminsOptions {
  readonly outbox: Outbox;
  readonly notices: AdminNotices;
  readonly language: Language;
  readonly logger: Logger;
}

/** Notifies admins in their private chats, if they have started one with the bot. */
export class Admins {
  readonly #options: AdminsOptions;

  constructor(options: AdminsOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async tell(about: Actor, reply: Reply): Promise<void> {
    const { notices, logger } = this.#options;
    try {
      const chats = notices.recipients(about.id).map(Number);
      // Groups have negative ids.
      await Promise.all(chats.filter((chat) => chat > 0).map((chat) => this.#send(chat, reply)));
    } catch (error) {
      logger.error({ reason: describeError(error) }, 'the admins could not be told of somebody');
    }
  }

  async #send(chat: number, reply: Reply): Promise<void> {
    const { outbox, language, logger } = this.#options;
    try {
      await outbox.send({ chat }, reply, { language });
    } catch (error) {
      logger.debug({ reason: describeError(error) }, 'an admin could not be told');
    }
  }
}
