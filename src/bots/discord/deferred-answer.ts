import { MessageFlags } from 'discord.js';
import type { Reply, ReplyVideo } from '../../commands/reply.ts';
import type { Language, Place } from '../../domain/actor.ts';
import type { Posted } from '../../domain/card.ts';
import { toAppError } from '../../domain/errors.ts';
import { sleep } from '../../lib/clock.ts';
import { sentence } from '../../words/sentence.ts';
import type { CardSync } from '../card-sync.ts';
import { beforeVideo, withoutVideo } from '../video-reply.ts';
import { Delivery, type DeliveryOptions } from './delivery.ts';
import { describeError, isTransient } from './errors.ts';

export interface AnswerOptions extends DeliveryOptions {
  /** Whether only the asker sees the answer to a command; Discord fixes this when the answer is deferred. */
  readonly isPrivate: boolean;
  readonly cards: CardSync;
}

/** Milliseconds before a press shows progress, which takes a message of its own. */
const PRESS_PATIENCE = 1_000;

/** The answer to one command or press: deferred at once, then the progress, then the result. */
export class Answer {
  readonly #options: AnswerOptions;
  readonly #delivery: Delivery;
  readonly #given = new AbortController();
  #progress: Promise<void> = Promise.resolve();
  /** The id of the private message that shows the asker the progress of a press on a public message. */
  #progressMessage: string | null = null;
  /** The id of the message that shows the answer. */
  #shown: string | null = null;

  constructor(options: AnswerOptions) {
    this.#options = options;
    this.#delivery = new Delivery(options);
  }

  /** Defers the answer, which Discord allows within three seconds. Rejects if that time is over. */
  async promise(): Promise<void> {
    const { interaction, isPrivate } = this.#options;
    if (!interaction.isChatInputCommand()) await interaction.deferUpdate();
    else await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
  }

  /** Shows the progress unless the answer comes first; best effort. */
  show(progress: Reply): void {
    this.#progress = this.#progress
      .then(() => (this.#given.signal.aborted ? undefined : this.#showNow(progress)))
      .catch((error: unknown) => {
        if (!this.#given.signal.aborted) this.#note(error);
      });
  }

  /** Delivers the answer, by other ways if Discord refuses the first. @param language of the asker. */
  async give(reply: Reply, place: Place, language: Language): Promise<void> {
    this.#given.abort();
    await this.#progress;
    await this.#giveLines(reply.video ? beforeVideo(reply, place.language) : reply, place, language);
    if (reply.video && this.#shown !== null)
      await this.#addVideo({ place: place.id, message: this.#shown }, reply, reply.video, place.language);
  }

  async #giveLines(reply: Reply, place: Place, language: Language): Promise<void> {
    try {
      await this.#deliver(reply, place);
    } catch (error) {
      if (this.#options.signal.aborted) throw error;
      this.#options.logger.error(
        { reason: describeError(error) },
        'an answer could not be delivered: trying another way',
      );
      await this.#rescue(reply, place, { error, language });
    }
  }

  /** Adds the answer's video to its message, which shows the lines; best effort. */
  async #addVideo(posted: Posted, reply: Reply, video: ReplyVideo, language: Language): Promise<void> {
    const { cards, logger } = this.#options;
    const delivery = this.#delivery;
    const { message } = posted;
    let why: 'too_large' | 'refused' = 'too_large';
    try {
      const path = await video.upTo(delivery.fileSize(message));
      if (path !== null) return await delivery.upload(message, reply, { path, name: video.name });
    } catch (error) {
      logger.warn({ reason: describeError(error) }, 'a video could not be sent');
      why = 'refused';
    }
    const plain = withoutVideo(reply, why, language);
    // The interaction may have expired meanwhile.
    await delivery
      .persist(() => delivery.editPosted(message, plain))
      .catch(() => cards.change(posted, plain));
  }

  /** Sends a reply by private message. @returns the reply to show in the channel instead. */
  async sendDirect(reply: Reply, sentPrivately: string): Promise<Reply> {
    // With private messages closed the reply goes to the channel, where only the asker sees it.
    return (await this.#delivery.sendDirect(reply)) ? { lines: [[sentPrivately]], isPrivate: true } : reply;
  }

  /** Sends the asker alone a further message; best effort. */
  async whisper(reply: Reply): Promise<void> {
    await this.#delivery.followUp(reply, { isPrivate: true }).catch((error: unknown) => this.#note(error));
  }

  async #showNow(progress: Reply): Promise<void> {
    const { clock } = this.#options;
    if (!this.#isOnPublicMessage) {
      await this.#delivery.edit(progress);
      return;
    }
    await sleep(clock, PRESS_PATIENCE, this.#given.signal);
    this.#progressMessage ??= await this.#delivery.followUp(progress, { isPrivate: true });
  }

  async #deliver(reply: Reply, place: Place): Promise<void> {
    if (this.#options.interaction.isChatInputCommand()) await this.#answerCommand(reply, place);
    else if (this.#isOnPublicMessage) await this.#answerPublicPress(reply, place);
    else await this.#answerPrivatePress(reply, place);
  }

  async #answerCommand(reply: Reply, place: Place): Promise<void> {
    const delivery = this.#delivery;
    if (reply.isSilent) await delivery.persist(() => delivery.remove());
    else if (reply.isPrivate && !this.#options.isPrivate) {
      // A private reply must not stay public, so the public deferral is removed. That comes first, because the first
      // follow-up replaces a pending deferral and is as public as it.
      await delivery.persist(() => delivery.remove());
      await delivery.persist(() => delivery.followUp(reply, { isPrivate: true }));
    } else this.#posted(place, await delivery.persist(() => delivery.edit(reply)), reply);
  }

  async #answerPublicPress(reply: Reply, place: Place): Promise<void> {
    const { cards, interaction } = this.#options;
    const delivery = this.#delivery;
    const message = interaction.isChatInputCommand() ? '' : interaction.message.id;
    if (!reply.isFleeting && !reply.isSilent) {
      if (reply.isPrivate) await delivery.persist(() => delivery.followUp(reply, { isPrivate: true }));
      else if (reply.video) {
        const post = () => delivery.followUp(reply, { isPrivate: false });
        this.#posted(place, await delivery.persist(post), reply);
      } else {
        const edit = () =>
          cards.replaceInTurn({ place: place.id, message }, async () =>
            this.#posted(place, await delivery.edit(reply), reply),
          );
        // The card is updated soon anyway.
        if (reply.isCard && cards.isCard({ place: place.id, message })) await edit().catch(ignoreTransient);
        else await delivery.persist(edit);
      }
    }
    if (this.#progressMessage !== null) await this.#tidy(this.#progressMessage);
  }

  async #answerPrivatePress(reply: Reply, place: Place): Promise<void> {
    const delivery = this.#delivery;
    if (reply.isFleeting) return;
    if (reply.isSilent) await this.#tidy();
    else if (reply.isPrivate) await delivery.persist(() => delivery.edit(reply));
    else {
      this.#posted(
        place,
        await delivery.persist(() => delivery.followUp(reply, { isPrivate: false })),
        reply,
      );
      // The private question has led to a public answer, so the question is removed.
      if (!reply.video) await this.#tidy();
    }
  }

  /** Answers outside the interaction when its token expired, its message is gone or Discord refused the answer. */
  async #rescue(
    reply: Reply,
    place: Place,
    { error, language }: { error: unknown; language: Language },
  ): Promise<void> {
    const delivery = this.#delivery;
    try {
      if (reply.isFleeting || reply.isSilent) return;
      if (reply.isPrivate) await this.#sendPrivately(reply);
      else this.#posted(place, await delivery.post(reply), reply);
      if (this.#options.interaction.isChatInputCommand()) await this.#tidy();
    } catch (second) {
      const { code, params } = toAppError(error);
      this.#options.logger.error({ ...params, reason: describeError(second) }, 'an answer was lost');
      reply.onUndelivered?.();
      // A plain sentence avoids whatever Discord refused in the reply.
      const plain = { lines: [[sentence(language, code, params)]], isPrivate: true };
      await delivery.edit(plain).catch((third: unknown) => this.#note(third));
    }
  }

  async #sendPrivately(reply: Reply): Promise<void> {
    if (!(await this.#delivery.sendDirect(reply))) throw new Error('no way to tell the asker');
  }

  /** Removes a message that is no longer needed; best effort. */
  async #tidy(message?: string): Promise<void> {
    await this.#delivery.remove(message).catch((error: unknown) => this.#note(error));
  }

  #note(error: unknown): void {
    this.#options.logger.debug({ reason: describeError(error) }, 'Discord refused something of no weight');
  }

  #posted(place: Place, message: string, reply: Reply): void {
    this.#shown = message;
    this.#options.cards.posted(place, message, reply);
  }

  get #isOnPublicMessage(): boolean {
    const { interaction } = this.#options;
    return !interaction.isChatInputCommand() && !interaction.message.flags.has(MessageFlags.Ephemeral);
  }
}

function ignoreTransient(error: unknown): void {
  if (!isTransient(error)) throw error;
}
