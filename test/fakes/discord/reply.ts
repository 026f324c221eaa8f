import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord.js';
import { callbackTypes, type Interaction, isLoading } from './interactions.ts';
import type { Choice } from './validate-callback.ts';
import type { World } from './world.ts';

/** The state of a reply at one moment. */
export type ReplyState = Pick<
  Reply,
  | 'acknowledgedAfterMs'
  | 'deferred'
  | 'ephemeral'
  | 'message'
  | 'followups'
  | 'choices'
  | 'modal'
  | 'refusals'
>;

/** The live view that a person has after a command, a press or a keystroke. */
export class Reply {
  /** The interaction's id. */
  readonly id: string;
  readonly #world: World;
  readonly #interaction: Interaction;

  constructor(world: World, interaction: Interaction) {
    this.#world = world;
    this.#interaction = interaction;
    this.id = interaction.id;
  }

  /** The time of the answer on the fake's clock; null before it. */
  get acknowledgedAfterMs(): number | null {
    const { acknowledgedAt, createdAt } = this.#interaction;
    return acknowledgedAt === null ? null : acknowledgedAt - createdAt;
  }

  /** Whether the bot deferred the answer. */
  get deferred(): boolean {
    const { callbackType } = this.#interaction;
    return callbackType === callbackTypes.deferReply || callbackType === callbackTypes.deferUpdate;
  }

  get ephemeral(): boolean {
    return !!this.#interaction.original?.onlyFor;
  }

  /** The answer (for an update, the updated message); null while there is none, only "thinking", or if it is deleted. */
  get message(): APIMessage | null {
    const { original, acknowledgedAt } = this.#interaction;
    if (!original || acknowledgedAt === null || original.removedBy || isLoading(original)) return null;
    return original.wire;
  }

  get followups(): readonly APIMessage[] {
    return this.#interaction.followups.filter(({ removedBy }) => !removedBy).map(({ wire }) => wire);
  }

  /** Suggestions, for an autocomplete. */
  get choices(): readonly Choice[] | null {
    return this.#interaction.choices;
  }

  /** The form that opened. */
  get modal(): APIModalInteractionResponseCallbackData | null {
    return this.#interaction.modal;
  }

  /** The error codes of the bot's refused calls about this interaction, such as 40060. */
  get refusals(): readonly number[] {
    return this.#interaction.refusals;
  }

  /** The whole state as a plain object that a test can compare. */
  get state(): ReplyState {
    const { acknowledgedAfterMs, deferred, ephemeral, message, followups, choices, modal, refusals } = this;
    return { acknowledgedAfterMs, deferred, ephemeral, message, followups, choices, modal, refusals };
  }

  /** Outdates an autocomplete as the next keystroke does: answering it now fails with 10062. */
  supersede(): this {
    this.#interaction.superseded = true;
    return this;
  }

  /** Waits for any answer of the bot. */
  acknowledged(timeoutMs?: number): Promise<this> {
    return this.until(({ acknowledgedAfterMs }) => acknowledgedAfterMs !== null, timeoutMs);
  }

  /** Waits for something visible: a message that is not "thinking", suggestions, or a form. */
  answered(timeoutMs?: number): Promise<this> {
    return this.until((reply) => reply.#hasAnswer(), timeoutMs);
  }

  /** Waits for a number of follow-ups. */
  followedUp(count = 1, timeoutMs?: number): Promise<this> {
    return this.until(({ followups }) => followups.length >= count, timeoutMs);
  }

  /** Waits until the state matches a condition. */
  until(test: (reply: this) => boolean, timeoutMs?: number): Promise<this> {
    return this.#world.changes.until(
      () => (test(this) ? this : undefined),
      () => `${this.#interaction.title}: ${this.#story()}`,
      timeoutMs,
    );
  }

  #hasAnswer(): boolean {
    const { callbackType, original, acknowledgedAt, followups, choices, modal } = this.#interaction;
    if (acknowledgedAt === null) return false;
    if (choices || modal || followups.length > 0) return true;
    if (callbackType !== callbackTypes.deferUpdate) return this.message !== null || !!original?.removedBy;
    // A deferred update is invisible until the message changes or is deleted.
    return !!original?.removedBy || !!original?.edits.some(({ at }) => at >= acknowledgedAt);
  }

  #story(): string {
    const { callbackType, refusals } = this.#interaction;
    const violations = this.#world.violations.list().map(({ detail }) => detail);
    return JSON.stringify({ callbackType, message: this.message?.content, refusals, violations });
  }
}
