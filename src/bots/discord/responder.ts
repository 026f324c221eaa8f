import type { Client } from 'discord.js';
import { isPrivateCall } from '../../commands/command.ts';
import type { CommandContext } from '../../commands/context.ts';
import { execute } from '../../commands/execute.ts';
import type { Commands } from '../../commands/registry.ts';
import { type Action, decodeAction, type Reply } from '../../commands/reply.ts';
import { type Actor, mayAct, type Place } from '../../domain/actor.ts';
import { isActionName, isCommandName } from '../../domain/command-name.ts';
import { toAppError } from '../../domain/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { doctorMessagesIn, messagesIn } from '../../words/messages-in.ts';
import { sentence } from '../../words/sentence.ts';
import { AdminNotices } from '../admin-notices.ts';
import type { CardSync } from '../card-sync.ts';
import type { Actors } from './actors.ts';
import { Answer } from './deferred-answer.ts';
import type { AnswerableInteraction } from './delivery.ts';
import { describeError, isExpired } from './errors.ts';
import { valuesOf } from './option-values.ts';
import { renderReply } from './render-message.ts';
import type { Uploads } from './uploads.ts';

export interface ResponderOptions {
  readonly client: Client;
  readonly commands: Commands;
  readonly context: CommandContext;
  readonly cards: CardSync;
  readonly actors: Actors;
  readonly uploads: Uploads;
  readonly logger: Logger;
  /** Aborted when the bot stops. */
  readonly signal: AbortSignal;
}

/** One command or press, whose answer is deferred. */
interface Asking {
  readonly interaction: AnswerableInteraction;
  readonly answer: Answer;
  readonly place: Place;
}

/** Stands for a button that this version cannot decode. */
const UNKNOWN: Action = { command: '', values: [] };

/** Runs slash commands and presses as commands of the registry, and answers them. */
export class Responder {
  readonly #options: ResponderOptions;
  readonly #notices: AdminNotices;
  /** Places where somebody has been warned of missing permissions. */
  readonly #warned = new Set<string>();

  constructor(options: ResponderOptions) {
    this.#options = options;
    this.#notices = new AdminNotices('discord', options.context);
  }

  /** Defers the answer first, since Discord gives up after three seconds. */
  async respond(interaction: AnswerableInteraction): Promise<void> {
    const { actors, context, logger } = this.#options;
    const action = this.#actionOf(interaction);
    const isPrivate = this.#isPrivate(action);
    const answer = new Answer({ ...this.#options, interaction, isPrivate, clock: context.clock });
    try {
      await answer.promise();
    } catch (error) {
      if (!isExpired(error)) throw error;
      logger.warn({ reason: describeError(error) }, 'a request came too late and was dropped');
      return;
    }
    const place = actors.placeOf(interaction);
    const { reply, actor } = await this.#reply({ interaction, answer, place }, action);
    await answer.give(reply, place, actor?.language ?? place.language);
    if (!actor) return;
    if (reply.isCard) await this.#warnOfRights(answer, actor, place);
    if (reply.toAdmins) await this.#tellAdmins(actor, reply.toAdmins);
  }

  /** Never rejects, since the answer is deferred. @returns a null actor if the person could not be identified. */
  async #reply(asking: Asking, action: Action): Promise<{ reply: Reply; actor: Actor | null }> {
    let actor: Actor | null = null;
    try {
      const { actor: known, areRolesKnown } = await this.#options.actors.identify(asking.interaction);
      actor = known;
      const mayTry = areRolesKnown || this.#mayWithoutRoles(actor, action);
      return { reply: mayTry ? await this.#execute(asking, actor, action) : rolesUnknown(actor), actor };
    } catch (error) {
      const { code, params } = toAppError(error);
      this.#options.logger.error({ ...params, reason: describeError(error) }, 'an answer could not be made');
      const text = sentence(actor?.language ?? asking.place.language, code, params);
      return { reply: { lines: [[text]], isPrivate: true, isRefusal: true }, actor };
    }
  }

  #actionOf(interaction: AnswerableInteraction): Action {
    if (interaction.isButton()) return decodeAction(interaction.customId) ?? UNKNOWN;
    if (interaction.isStringSelectMenu()) return decodeAction(interaction.values[0] ?? '') ?? UNKNOWN;
    const name = interaction.commandName;
    const values = isCommandName(name) ? valuesOf(this.#options.commands[name], interaction) : [];
    return { command: name, values };
  }

  /** Whether only the asker sees the answer, which Discord fixes when it is deferred. */
  #isPrivate({ command, values }: Action): boolean {
    return !isCommandName(command) || isPrivateCall(this.#options.commands[command], values);
  }

  /** Whether the person may run the command even though their current roles are unknown. */
  #mayWithoutRoles(actor: Actor, { command }: Action): boolean {
    return isActionName(command) && mayAct(actor, this.#options.commands[command].role);
  }

  async #execute({ answer, place, interaction }: Asking, actor: Actor, action: Action): Promise<Reply> {
    const { commands, context } = this.#options;
    const askedAt = interaction.createdTimestamp;
    const show = (progress: Reply) => answer.show(progress);
    const reply = await execute(commands, context, { actor, place, askedAt, show }, action);
    return reply.direct ? answer.sendDirect(reply, messagesIn(actor.language).sentPrivately) : reply;
  }

  /** Warns the asker once per place that the bot lacks the permissions to update the card there. */
  async #warnOfRights(answer: Answer, actor: Actor, { id, lacks = [] }: Place): Promise<void> {
    // A card is an answer to an interaction, which needs no permission to send.
    const needed = lacks.filter((permission) => permission !== 'send');
    if (needed.length === 0) this.#warned.delete(id);
    if (needed.length === 0 || this.#warned.has(id)) return;
    this.#warned.add(id);
    const { topics, permissions, lacks: say } = doctorMessagesIn(actor.language);
    const names = needed.map((permission) => permissions[permission]).join(', ');
    await answer.whisper({ lines: [['⚠ ', { bold: topics.here }, ' · ', say(names)]], isPrivate: true });
  }

  async #tellAdmins(actor: Actor, notice: Reply): Promise<void> {
    const { client, logger } = this.#options;
    for (const id of this.#notices.recipients(actor.id)) {
      // The id may be a role's, or the admin's private messages may be closed.
      await client.users.send(id, renderReply(notice)).catch((error: unknown) => {
        logger.debug({ reason: describeError(error) }, 'an admin could not be told');
      });
    }
  }
}

function rolesUnknown({ language }: Actor): Reply {
  return { lines: [[sentence(language, 'roles_unknown', {})]], isPrivate: true, isRefusal: true };
}
