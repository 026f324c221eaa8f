import { randomBytes } from 'node:crypto';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { refusal } from './api-error.ts';
import type { StoredMessage } from './messages.ts';
import type { Choice } from './validate-callback.ts';
import type { Violation } from './violations.ts';
import type { Channel, World } from './world.ts';

export const interactionTypes = { command: 2, component: 3, autocomplete: 4, modalSubmit: 5 } as const;
export const callbackTypes = {
  reply: 4,
  deferReply: 5,
  deferUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

/** How long an interaction may stay unanswered, and how long its token lives. */
const answerWithinMs = 3_000;
const tokenLivesMs = 15 * 60_000;

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly createdAt: number;
  readonly channel: Channel;
  readonly userId: string;
  /** A short name for messages to people. */
  readonly title: string;
  /** The type of the option being completed. */
  readonly focusedType: number | null;
  /** The message that holds the component, or whose component opened the form. */
  readonly source: StoredMessage | null;
  acknowledgedAt: number | null;
  callbackType: number | null;
  original: StoredMessage | null;
  readonly followups: StoredMessage[];
  choices: readonly Choice[] | null;
  modal: APIModalInteractionResponseCallbackData | null;
  /** Whether a later keystroke has replaced it. */
  superseded: boolean;
  /** The error codes of refused calls about it. */
  readonly refusals: number[];
}

export type NewInteraction = Pick<Interaction, 'type' | 'channel' | 'userId' | 'title'> &
  Partial<Pick<Interaction, 'focusedType' | 'source'>>;

/** Every interaction and the state of its answer. */
export class Interactions {
  readonly #world: World;
  readonly #all = new Map<string, Interaction>();

  constructor(world: World) {
    this.#world = world;
    world.violations.addCheck(() => this.#unanswered());
  }

  add(options: NewInteraction): Interaction {
    const interaction: Interaction = {
      focusedType: null,
      source: null,
      ...options,
      id: this.#world.ids.next(),
      // Client libraries distinguish tokens from ids by their length.
      token: randomBytes(96).toString('base64url'),
      createdAt: this.#world.now(),
      acknowledgedAt: null,
      callbackType: null,
      original: null,
      followups: [],
      choices: null,
      modal: null,
      superseded: false,
      refusals: [],
    };
    this.#all.set(interaction.id, interaction);
    return interaction;
  }

  find(id: string): Interaction | undefined {
    return this.#all.get(id);
  }

  /** Finds it for its first answer. @throws 10062 if it is unknown or too old, 40060 if it has been answered */
  forCallback(id: string, token: string): Interaction {
    const interaction = this.#all.get(id);
    if (!interaction || interaction.token !== token) throw refusal(10062);
    if (interaction.acknowledgedAt !== null) throw refusal(40060);
    const late = this.#world.now() - interaction.createdAt > answerWithinMs;
    // Answering an outdated autocomplete is normal.
    const forgiven = interaction.type === interactionTypes.autocomplete;
    if (late || interaction.superseded) throw refusal(10062, { forgiven });
    return interaction;
  }

  acknowledge(interaction: Interaction, callbackType: number): void {
    interaction.acknowledgedAt = this.#world.now();
    interaction.callbackType = callbackType;
    this.#world.changes.notify();
  }

  /** Finds it by token for the webhook routes. @throws 10015 before its first answer, 50027 after 15 minutes */
  forWebhook(token: string): Interaction {
    const interaction = this.byToken(token);
    if (!interaction) throw refusal(50027);
    if (this.#world.now() - interaction.createdAt > tokenLivesMs) throw refusal(50027);
    if (interaction.acknowledgedAt === null) throw refusal(10015);
    return interaction;
  }

  byToken(token: string): Interaction | undefined {
    for (const interaction of this.#all.values()) if (interaction.token === token) return interaction;
    return undefined;
  }

  /** Interactions whose answer is overdue. */
  #unanswered(): readonly Violation[] {
    const now = this.#world.now();
    return [...this.#all.values()].flatMap((interaction): Violation[] => {
      const { acknowledgedAt, createdAt, superseded, title, original } = interaction;
      if (acknowledgedAt === null) {
        if (superseded || now - createdAt <= answerWithinMs) return [];
        return [
          { kind: 'unanswered', detail: `${title} was not acknowledged`, at: createdAt + answerWithinMs },
        ];
      }
      const thinking = interaction.callbackType === callbackTypes.deferReply && isLoading(original);
      if (!thinking || now - createdAt <= tokenLivesMs) return [];
      return [{ kind: 'unanswered', detail: `${title} was left thinking`, at: createdAt + tokenLivesMs }];
    });
  }
}

/** Whether people see "thinking" instead of an answer. */
export function isLoading(message: StoredMessage | null): boolean {
  return message !== null && !message.removedBy && ((message.wire.flags ?? 0) & 128) !== 0;
}
