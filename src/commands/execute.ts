import { SwitchQuestion } from '../actions/etiquette.ts';
import { type Actor, mayAct, type Place } from '../domain/actor.ts';
import { isActionName } from '../domain/command-name.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { messagesIn } from '../words/messages-in.ts';
import { type CommandInfo, isPrivateCall } from './command.ts';
import type { CommandContext } from './context.ts';
import { errorReply } from './error-reply.ts';
import { aboutScreen, screenOfCall, takesScreen } from './named-screen.ts';
import { refuse } from './refuse.ts';
import type { Commands } from './registry.ts';
import type { Action, Reply } from './reply.ts';

/** Who calls a command, and where. */
export interface CommandRequest {
  readonly actor: Actor;
  readonly place: Place;
  /** When the command was sent, in epoch milliseconds by the platform's clock. */
  readonly askedAt?: number | null;
  /** Shows a reply until the answer replaces it. */
  readonly show?: (progress: Reply) => void;
}

/**
 * Runs a command for a person: checks the role, and turns errors into sentences for the asker. All commands go through it.
 * Never throws.
 */
export async function execute(
  commands: Commands,
  context: CommandContext,
  { actor, place, askedAt = null, show = () => {} }: CommandRequest,
  { command: name, values: given }: Action,
): Promise<Reply> {
  const note = (result: 'ok' | ErrorCode) =>
    context.onAnswer({ bot: actor.platform, command: isActionName(name) ? name : 'unknown', result });
  const fail = (error: unknown, screen: Screen | null): Reply => {
    note(error instanceof AppError ? error.code : 'internal');
    return errorReply(error, { actor, place, command: name, screen }, context);
  };
  try {
    const command = isActionName(name) ? commands[name] : null;
    if (!command) throw new AppError('unknown_command', { name });
    if (!mayAct(actor, command.role)) {
      note('not_allowed');
      return refuse(actor, place, command, context);
    }
    context.people.seen(actor, context.clock.now());
    const placesOwn = context.screenOf(place.id);
    const { screen, values } = takesScreen(command)
      ? screenOfCall(context, place, actor, given)
      : { screen: placesOwn, values: given };
    checkVerb(command, values);
    const language = isPrivateCall(command, values) ? actor.language : place.language;
    const messages = messagesIn(language);
    const isElsewhere = screen !== placesOwn;
    const named = (reply: Reply) => aboutScreen(reply, screen, (each) => isScreenCommand(commands, each));
    const told = (reply: Reply) => (isElsewhere ? named(reply) : reply);
    try {
      const call = { context, commands, actor, place, screen, askedAt, values, messages, language };
      const reply = await command.run({ ...call, show: (progress) => show(told(progress)) });
      note('ok');
      return told(reply);
    } catch (error) {
      const reply = fail(error, screen);
      // Where there are several screens, people are told which one the others watch.
      const isQuestion = error instanceof SwitchQuestion && context.screens.all().length > 1;
      return isQuestion ? named(reply) : told(reply);
    }
  } catch (error) {
    return fail(error, null);
  }
}

function isScreenCommand(commands: Commands, name: string): boolean {
  return isActionName(name) && takesScreen(commands[name]);
}

/** @throws AppError unknown_choice */
function checkVerb({ verbs }: CommandInfo, [verb = '']: readonly string[]): void {
  if (!verbs || verbs.some(({ name }) => name === verb)) return;
  throw new AppError('unknown_choice', { choice: verb, choices: verbs.map(({ name }) => name).join(', ') });
}
