import { rights } from '../actions/rights.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import { type Language, languages, mayAct } from '../domain/actor.ts';
import { type CommandName, commandNames } from '../domain/command-name.ts';
import type { Line } from '../words/line.ts';
import { messagesIn } from '../words/messages-in.ts';
import type { Command } from './command.ts';

/** Commands that answer one question. */
const MOST_FOUND = 3;

export const helpCommand: Command<unknown> = {
  name: 'help',
  options: [{ name: 'word', isRequired: false, suggests: false }],
  role: rights.look.role,
  isPrivate: true,
  async run({ commands, actor, messages, values: [typed = ''] }) {
    const mine = commandNames.filter((name) => mayAct(actor, commands[name].role));
    const found = findLike(
      mine,
      typed,
      (name) => languages.flatMap((each) => topicsOf(name, each)),
      MOST_FOUND,
    );
    const lines: Line[] = (found.length > 0 ? found : mine).map((name) => [
      { code: `/${name}` },
      ` ${messages.does[name]}`,
    ]);
    return { lines: [[messages.help], ...lines], isPrivate: true };
  },
};

/** The texts by which a command is found. */
function topicsOf(name: CommandName, language: Language): string[] {
  const { does, topics } = messagesIn(language);
  return [name, does[name], ...(topics[name] ?? [])];
}
