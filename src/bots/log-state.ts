import type { Platform } from '../domain/actor.ts';
import type { BotState } from '../domain/bot-state.ts';
import type { Logger } from '../lib/logger.ts';
import { doctorMessagesIn } from '../words/messages-in.ts';

interface Change {
  readonly state: BotState;
  readonly before: BotState;
  readonly details?: string | undefined;
}

/** Logs a change of a bot's state in the words of /doctor; an unchanged state is logged at debug level. */
export function logState(logger: Logger, platform: Platform, { state, before, details }: Change): void {
  const text = textOf(platform, state, before);
  const more = details === undefined ? {} : { details };
  if (state === before) logger.debug(more, text);
  else if (state === 'on') logger.info(more, text);
  else if (state === 'commands_refused') logger.warn(more, text);
  else logger.error(more, text);
}

function textOf(platform: Platform, state: BotState, before: BotState): string {
  const { topics, bot } = doctorMessagesIn('en');
  const name = topics[platform];
  if (state !== 'on') return `${name}: ${bot[state]}`;
  return before === 'starting' || before === 'on' ? `${name} is on` : `${name} is back`;
}
