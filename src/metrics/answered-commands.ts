import { Counter, type Registry } from 'prom-client';
import type { Platform } from '../domain/actor.ts';
import type { ErrorCode } from '../domain/errors.ts';

/** A command that a bot has answered. */
export interface AnsweredCommand {
  readonly bot: Platform;
  /** A name of the registry; `unknown` for whatever else was typed. */
  readonly command: string;
  readonly result: 'ok' | ErrorCode;
}

/** Counts the commands of the chats. @returns what to call with each. */
export function addAnsweredCommands(registry: Registry): (call: AnsweredCommand) => void {
  const commands = new Counter({
    name: 'zapette_bot_commands_total',
    help: 'Commands and buttons that bots answered, by the result: ok, or the error',
    labelNames: ['bot', 'command', 'result'],
    registers: [registry],
  });
  return ({ bot, command, result }) => commands.inc({ bot, command, result });
}
