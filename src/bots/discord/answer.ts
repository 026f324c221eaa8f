import { MessageFlags } from 'discord.js';
import type { Reply } from '../../commands/reply.ts';
import { sentence } from '../../commands/sentence.ts';
import type { Language, Place } from '../../domain/actor.ts';
import { toAppError } from '../../domain/errors.ts';
import { type Clock, sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CardSync } from '../card-sync.ts';
import { type Answerable, Delivery } from './delivery.ts';
import { describe, mayPass } from './errors.ts';

export interface AnswerOptions {
  readonly interaction: Answerable;
  /** Whether only the asker sees the answer to a command; it is settled with the promise of one. */
  readonly isPrivate: boolean;
  readonly cards: CardSync;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The bot ends. */
  readonly signal: AbortSignal;
}

/** A press has nothing of its own to show progress in, so what is over soon shows none. */
const PRESS_PATIENCE = 1_000;

/** The answer to one command or press: at once the promise of one, then how far it is, then what came of it. */
export class Answer {
  readonly #options: AnswerOptions;
  readonly #delivery: Delivery;
  readonly #given = new AbortController();
  #progress: Promise<void> = Promise.resolve();
  /** For a press on what all see: the asker's own message that shows how far it is. */
  #progressMessage: string | null = null;

  constructor(options: AnswerOptions) {
    const { interaction, clock, logger, signal } = options;
    this.#options = options;
    this.#delivery = new Delivery(interaction, clock, logger, signal);
  }

  /** Must come within three seconds. Rejects where it is too late: nobody waits for an answer any more. */
  async promise(): Promise<void> {
    const { interaction, isPrivate } = this.#options;
    if (!interaction.isChatInputCommand()) await interaction.deferUpdate();
    else await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
  }

  /** Shows how far it is, unless the answer is given before that; best effort. */
  show(progress: Reply): void {
    this.#progress = this.#progress
      .then(() => (this.#given.signal.aborted ? undefined : this.#showNow(progress)))
      .catch((error: unknown) => {
        if (!this.#given.signal.aborted) this.#note(error);
      });
  }

  /** Gives the answer, whatever it takes. @param language of the asker. */
  async give(reply: Reply, place: Place, language: Language): Promise<void> {
    this.#given.abort();
    await this.#progress;
    try {
      await this.#deliver(reply, place);
    } catch (error) {
      if (this.#options.signal.aborted) throw error;
      this.#options.logger.error(
        { reason: describe(error) },
        'an answer could not be delivered: trying another way',
      );
      await this.#rescue(reply, place, { error, language });
    }
  }

  /** By private message, and a word about that in place. @returns what is to be said in place. */
  async sendDirect(reply: Reply, sentPrivately: string): Promise<Reply> {
    // Where theirs are closed, nobody else sees the place either.
    return (await this.#delivery.sendDirect(reply)) ? { lines: [[sentPrivately]], isPrivate: true } : reply;
  }

  /** Says something more, to the asker alone; best effort. */
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
      // Nobody else needs to see what went wrong: the public place is taken back. While that is still a mere promise,
      // the first thing that follows takes its place and is as public, so it has to go first.
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
      else {
        const edit = () =>
          cards.replaceInTurn({ place: place.id, message }, async () =>
            this.#posted(place, await delivery.edit(reply), reply),
          );
        // The keeper of cards brings it up to date soon anyway.
        if (reply.isCard && cards.isCard({ place: place.id, message })) await edit().catch(unlessItPasses);
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
      // What was asked of one person has become something for all: the question goes.
      this.#posted(
        place,
        await delivery.persist(() => delivery.followUp(reply, { isPrivate: false })),
        reply,
      );
      await this.#tidy();
    }
  }

  /** The interaction's own way is closed: its token has ended, its message is gone, or Discord refuses the answer. */
  async #rescue(
    reply: Reply,
    place: Place,
    { error, language }: { error: unknown; language: Language },
  ): Promise<void> {
    const delivery = this.#delivery;
    try {
      if (reply.isFleeting || reply.isSilent) return;
      if (reply.isPrivate) await this.#tellElsewhere(reply);
      else this.#posted(place, await delivery.post(reply), reply);
      if (this.#options.interaction.isChatInputCommand()) await this.#tidy();
    } catch (second) {
      const { code, params } = toAppError(error);
      this.#options.logger.error({ ...params, reason: describe(second) }, 'an answer was lost');
      reply.onUndelivered?.();
      // Whatever it was that Discord did not like, a plain sentence is none of it.
      const plain = { lines: [[sentence(language, code, params)]], isPrivate: true };
      await delivery.edit(plain).catch((third: unknown) => this.#note(third));
    }
  }

  async #tellElsewhere(reply: Reply): Promise<void> {
    if (!(await this.#delivery.sendDirect(reply))) throw new Error('no way to tell the asker');
  }

  /** Takes back what has become pointless; best effort. */
  async #tidy(message?: string): Promise<void> {
    await this.#delivery.remove(message).catch((error: unknown) => this.#note(error));
  }

  #note(error: unknown): void {
    this.#options.logger.debug({ reason: describe(error) }, 'Discord refused something of no weight');
  }

  #posted(place: Place, message: string, reply: Reply): void {
    this.#options.cards.posted(place, message, reply);
  }

  get #isOnPublicMessage(): boolean {
    const { interaction } = this.#options;
    return !interaction.isChatInputCommand() && !interaction.message.flags.has(MessageFlags.Ephemeral);
  }
}

function unlessItPasses(error: unknown): void {
  if (!mayPass(error)) throw error;
}
