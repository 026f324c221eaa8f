import type { Client } from 'discord.js';
import { type Commands, isActionName, isCommandName, isPrivateCall } from '../../commands/command.ts';
import type { CommandContext } from '../../commands/context.ts';
import { execute } from '../../commands/execute.ts';
import { phrasesIn } from '../../commands/phrases.ts';
import { type Action, decodeAction, type Reply } from '../../commands/reply.ts';
import { sentence } from '../../commands/sentence.ts';
import { doctorPhrasesIn } from '../../doctor/messages.ts';
import { type Actor, mayAct, type Place } from '../../domain/actor.ts';
import { toAppError } from '../../domain/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { AdminNotices } from '../admin-notices.ts';
import type { CardSync } from '../card-sync.ts';
import { Answer } from './answer.ts';
import type { Askers } from './askers.ts';
import type { Answerable } from './delivery.ts';
import { describe, isExpired } from './errors.ts';
import { renderReply } from './render.ts';
import { valuesOf } from './values.ts';

export interface ResponderOptions {
  readonly client: Client;
  readonly commands: Commands;
  readonly context: CommandContext;
  readonly cards: CardSync;
  readonly askers: Askers;
  readonly logger: Logger;
  /** The bot ends. */
  readonly signal: AbortSignal;
}

/** One command or press, whose answer is promised. */
interface Asking {
  readonly interaction: Answerable;
  readonly answer: Answer;
  readonly place: Place;
}

/** Nothing that a button of another version says is known. */
const UNKNOWN: Action = { command: '', values: [] };

/** Turns commands and presses into calls of commands, and answers them. */
export class Responder {
  readonly #options: ResponderOptions;
  readonly #notices: AdminNotices;
  /** Places in which somebody has been told what the bot may not do there. */
  readonly #warned = new Set<string>();

  constructor(options: ResponderOptions) {
    this.#options = options;
    this.#notices = new AdminNotices('discord', options.context);
  }

  /** Promises an answer before anything else, since Discord gives up after three seconds. */
  async respond(interaction: Answerable): Promise<void> {
    const { askers, context, logger } = this.#options;
    const action = this.#actionOf(interaction);
    const isPrivate = this.#isPrivate(action);
    const answer = new Answer({ ...this.#options, interaction, isPrivate, clock: context.clock });
    try {
      await answer.promise();
    } catch (error) {
      if (!isExpired(error)) throw error;
      logger.warn({ reason: describe(error) }, 'a request came too late and was dropped');
      return;
    }
    const place = askers.placeOf(interaction);
    const { reply, actor } = await this.#reply({ interaction, answer, place }, action);
    await answer.give(reply, place, actor?.language ?? place.language);
    if (!actor) return;
    if (reply.isCard) await this.#warnOfRights(answer, actor, place);
    if (reply.toAdmins) await this.#tellAdmins(actor, reply.toAdmins);
  }

  /** Never rejects: an answer is promised. @returns no actor where even that could not be told. */
  async #reply(asking: Asking, action: Action): Promise<{ reply: Reply; actor: Actor | null }> {
    let actor: Actor | null = null;
    try {
      const { actor: known, areRolesKnown } = await this.#options.askers.identify(asking.interaction);
      actor = known;
      const mayTry = areRolesKnown || this.#mayAnyway(actor, action);
      return { reply: mayTry ? await this.#execute(asking, actor, action) : rolesUnknown(actor), actor };
    } catch (error) {
      const { code, params } = toAppError(error);
      this.#options.logger.error({ ...params, reason: describe(error) }, 'an answer could not be made');
      const text = sentence(actor?.language ?? asking.place.language, code, params);
      return { reply: { lines: [[text]], isPrivate: true, isRefusal: true }, actor };
    }
  }

  #actionOf(interaction: Answerable): Action {
    if (interaction.isButton()) return decodeAction(interaction.customId) ?? UNKNOWN;
    if (interaction.isStringSelectMenu()) return decodeAction(interaction.values[0] ?? '') ?? UNKNOWN;
    const name = interaction.commandName;
    const values = isCommandName(name) ? valuesOf(this.#options.commands[name], interaction) : [];
    return { command: name, values };
  }

  /** Who sees the answer is settled with the promise of one. */
  #isPrivate({ command, values }: Action): boolean {
    return !isCommandName(command) || isPrivateCall(this.#options.commands[command], values);
  }

  /** What the settings or an admin give them by name is enough. */
  #mayAnyway(actor: Actor, { command }: Action): boolean {
    return isActionName(command) && mayAct(actor, this.#options.commands[command].role);
  }

  async #execute({ answer, place, interaction }: Asking, actor: Actor, action: Action): Promise<Reply> {
    const { commands, context } = this.#options;
    const askedAt = interaction.createdTimestamp;
    const show = (progress: Reply) => answer.show(progress);
    const reply = await execute(commands, context, { actor, place, askedAt, show }, action);
    return reply.direct ? answer.sendDirect(reply, phrasesIn(actor.language).sentPrivately) : reply;
  }

  /** A card that cannot be kept up to date is worse than none, and only the asker is there to hear why. */
  async #warnOfRights(answer: Answer, actor: Actor, { id, lacks = [] }: Place): Promise<void> {
    // A card is an answer, which needs no right to send.
    const needed = lacks.filter((permission) => permission !== 'send');
    if (needed.length === 0) this.#warned.delete(id);
    if (needed.length === 0 || this.#warned.has(id)) return;
    this.#warned.add(id);
    const { topics, permissions, lacks: say } = doctorPhrasesIn(actor.language);
    const names = needed.map((permission) => permissions[permission]).join(', ');
    await answer.whisper({ lines: [['⚠ ', { bold: topics.here }, ' · ', say(names)]], isPrivate: true });
  }

  async #tellAdmins(actor: Actor, notice: Reply): Promise<void> {
    const { client, logger } = this.#options;
    for (const id of this.#notices.recipients(actor.id)) {
      // A role has no private messages, and people may have closed theirs.
      await client.users.send(id, renderReply(notice)).catch((error: unknown) => {
        logger.debug({ reason: describe(error) }, 'an admin could not be told');
      });
    }
  }
}

function rolesUnknown({ language }: Actor): Reply {
  return { lines: [[sentence(language, 'roles_unknown', {})]], isPrivate: true, isRefusal: true };
}
