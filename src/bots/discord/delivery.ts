import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Reply } from '../../commands/reply.ts';
import { type Clock, sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { bodyOf } from './card-port.ts';
import { describeError, isGone, isTransient } from './errors.ts';
import { renderReply } from './render-message.ts';

/** An interaction that is answered with a message. */
export type AnswerableInteraction =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction;

/** Pauses between tries, in milliseconds. Their sum stays within the 15 minutes that an interaction's token lives. */
const PAUSES = [2_000, 10_000, 60_000, 240_000];

/** Sends messages to the place of one interaction, despite outages. */
export class Delivery {
  readonly #interaction: AnswerableInteraction;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #signal: AbortSignal;

  /** @param signal ends the wait for the next try. */
  constructor(interaction: AnswerableInteraction, clock: Clock, logger: Logger, signal: AbortSignal) {
    this.#interaction = interaction;
    this.#clock = clock;
    this.#logger = logger;
    this.#signal = signal;
  }

  /** Repeats a job after transient errors. */
  async persist<T>(job: () => Promise<T>): Promise<T> {
    for (const pause of PAUSES) {
      try {
        return await job();
      } catch (error) {
        if (!isTransient(error)) throw error;
        this.#logger.warn({ reason: describeError(error) }, 'Discord did not accept an answer: trying again');
      }
      await sleep(this.#clock, pause, this.#signal);
    }
    return job();
  }

  /** Replaces "thinking", or the message whose button was pressed. @returns the message's id. */
  async edit(reply: Reply): Promise<string> {
    const { id } = await this.#interaction.editReply(renderReply(reply));
    return id;
  }

  async followUp(reply: Reply, { isPrivate }: { isPrivate: boolean }): Promise<string> {
    const flags = isPrivate ? { flags: MessageFlags.Ephemeral as const } : {};
    const { id } = await this.#interaction.followUp({ ...renderReply(reply), ...flags });
    return id;
  }

  /** Deletes the answer or a follow-up; a message that is already gone is no error. */
  async remove(message?: string): Promise<void> {
    try {
      await this.#interaction.deleteReply(message);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** Posts a new message in the channel. @returns its id. */
  async post(reply: Reply): Promise<string> {
    const { channelId, client } = this.#interaction;
    const route = Routes.channelMessages(channelId ?? '');
    const answer: unknown = await client.rest.post(route, { body: bodyOf(reply) });
    return typeof answer === 'object' && answer && 'id' in answer ? String(answer.id) : '';
  }

  /** Sends a private message. @returns false if it could not be delivered, for example because they are closed. */
  async sendDirect(reply: Reply): Promise<boolean> {
    try {
      await this.#interaction.user.send(renderReply(reply));
      return true;
    } catch (error) {
      this.#logger.debug({ reason: describeError(error) }, 'no private message');
      return false;
    }
  }
}
