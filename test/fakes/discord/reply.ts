import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord.js';
import { callbackTypes, type Interaction, isLoading } from './interactions.ts';
import type { Choice } from './validate-callback.ts';
import type { World } from './world.ts';

/** All that can be said about a reply at one moment. */
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

/** What somebody sees happen after they ran a command, pressed a button, or typed. Always up to date. */
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

  /** By the fake's clock; null while the bot has not answered. */
  get acknowledgedAfterMs(): number | null {
    const { acknowledgedAt, createdAt } = this.#interaction;
    return acknowledgedAt === null ? null : acknowledgedAt - createdAt;
  }

  /** Whether the bot first only said that it is at work. */
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

  /** Codes of everything that was refused to the bot about this interaction, such as 40060. */
  get refusals(): readonly number[] {
    return this.#interaction.refusals;
  }

  /** Everything at once, as a plain object that a test can compare. */
  get state(): ReplyState {
    const { acknowledgedAfterMs, deferred, ephemeral, message, followups, choices, modal, refusals } = this;
    return { acknowledgedAfterMs, deferred, ephemeral, message, followups, choices, modal, refusals };
  }

  /** Makes an autocomplete pointless, as the next keystroke does: answering it is now 10062. */
  supersede(): this {
    this.#interaction.superseded = true;
    return this;
  }

  /** Waits until the bot has answered at all. */
  acknowledged(timeoutMs?: number): Promise<this> {
    return this.until(({ acknowledgedAfterMs }) => acknowledgedAfterMs !== null, timeoutMs);
  }

  /** Waits until there is something to see: a message that is not "thinking", suggestions, or a form. */
  answered(timeoutMs?: number): Promise<this> {
    return this.until((reply) => reply.#hasAnswer(), timeoutMs);
  }

  /** Waits for as many further messages. */
  followedUp(count = 1, timeoutMs?: number): Promise<this> {
    return this.until(({ followups }) => followups.length >= count, timeoutMs);
  }

  /** Waits until it looks as wanted. */
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
    // Nothing is seen of a deferred update until the message changes or goes.
    return !!original?.removedBy || !!original?.edits.some(({ at }) => at >= acknowledgedAt);
  }

  #story(): string {
    const { callbackType, refusals } = this.#interaction;
    const violations = this.#world.violations.list().map(({ detail }) => detail);
    return JSON.stringify({ callbackType, message: this.message?.content, refusals, violations });
  }
}
