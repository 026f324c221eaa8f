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
import type { Uploads } from './uploads.ts';

/** An interaction that is answered with a message. */
export type AnswerableInteraction =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction;

/** Pauses between tries, in milliseconds. Their sum stays within the 15 minutes that an interaction's token lives. */
const PAUSES = [2_000, 10_000, 60_000, 240_000];
/** The pauses for a video, which its link can stand for. */
const VIDEO_PAUSES = [2_000, 10_000];
/** Bytes of a file outside an interaction: docs.discord.com/developers/reference#uploading-files */
const DEFAULT_FILE_SIZE = 10 * 1024 * 1024;
/** Bytes beyond which an upload takes too long, though some people and servers may send more. */
const LARGEST_FILE = 100 * 1024 * 1024;
/** Bytes of an upload besides the file. */
const FORM_SIZE = 16 * 1024;

export interface DeliveryOptions {
  readonly interaction: AnswerableInteraction;
  readonly uploads: Uploads;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ends the wait for the next try, and uploads. */
  readonly signal: AbortSignal;
}

/** Sends messages to the place of one interaction, despite outages. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #interaction: AnswerableInteraction;
  /** The message that was posted outside the interaction, whose token has expired. */
  #outside: string | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#interaction = options.interaction;
  }

  /** Repeats a job after transient errors. */
  async persist<T>(job: () => Promise<T>, pauses = PAUSES): Promise<T> {
    const { clock, logger, signal } = this.#options;
    for (const pause of pauses) {
      try {
        return await job();
      } catch (error) {
        if (signal.aborted || !isTransient(error)) throw error;
        logger.warn({ reason: describeError(error) }, 'Discord did not accept an answer: trying again');
      }
      await sleep(clock, pause, signal);
    }
    return job();
  }

  /** Replaces "thinking", or the message whose button was pressed. @returns the message's id. */
  async edit(reply: Reply): Promise<string> {
    const { id } = await this.#interaction.editReply(renderReply(reply));
    return id;
  }

  /** Replaces a message that this delivery has posted. */
  async editPosted(message: string, reply: Reply): Promise<void> {
    const { channelId, client } = this.#interaction;
    if (this.#outside === message) {
      await client.rest.patch(Routes.channelMessage(channelId ?? '', message), { body: bodyOf(reply) });
    } else await this.#interaction.editReply({ message, ...renderReply(reply) });
  }

  /** Bytes that a file of a posted message may have. */
  fileSize(message: string): number {
    const allowed = this.#outside === message ? DEFAULT_FILE_SIZE : this.#interaction.attachmentSizeLimit;
    return Math.min(allowed, LARGEST_FILE) - FORM_SIZE;
  }

  /** Replaces a message that this delivery has posted by one with a video. */
  async upload(message: string, reply: Reply, file: { path: string; name: string }): Promise<void> {
    const { uploads, signal } = this.#options;
    const { channelId, applicationId, token } = this.#interaction;
    const isOutside = this.#outside === message;
    const route = isOutside
      ? Routes.channelMessage(channelId ?? '', message)
      : Routes.webhookMessage(applicationId, token, message);
    await this.persist(() => uploads.edit(reply, file, { route, auth: isOutside, signal }), VIDEO_PAUSES);
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
    const id = typeof answer === 'object' && answer && 'id' in answer ? String(answer.id) : '';
    this.#outside = id;
    return id;
  }

  /** Sends a private message. @returns false if it could not be delivered, for example because they are closed. */
  async sendDirect(reply: Reply): Promise<boolean> {
    try {
      await this.#interaction.user.send(renderReply(reply));
      return true;
    } catch (error) {
      this.#options.logger.debug({ reason: describeError(error) }, 'no private message');
      return false;
    }
  }
}
