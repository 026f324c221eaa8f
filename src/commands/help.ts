import { findLike } from '../catalogue/names/find-like.ts';
import { type Language, languages, mayAct } from '../domain/actor.ts';
import { type Command, type CommandName, commandNames } from './command.ts';
import { phrasesIn } from './phrases.ts';
import type { Line } from './reply.ts';
import { rights } from './rights.ts';

/** So many commands answer one question. */
const MOST_FOUND = 3;

export const helpCommand: Command = {
  name: 'help',
  options: [{ name: 'word', isRequired: false, suggests: false }],
  role: rights.look.role,
  isPrivate: true,
  async run({ commands, actor, phrases, values: [typed = ''] }) {
    const mine = commandNames.filter((name) => mayAct(actor, commands[name].role));
    const found = findLike(
      mine,
      typed,
      (name) => languages.flatMap((each) => topicsOf(name, each)),
      MOST_FOUND,
    );
    const lines: Line[] = (found.length > 0 ? found : mine).map((name) => [
      { code: `/${name}` },
      ` ${phrases.does[name]}`,
    ]);
    return { lines: [[phrases.help], ...lines], isPrivate: true };
  },
};

/** What a command is found by. */
function topicsOf(name: CommandName, language: Language): string[] {
  const { does, topics } = phrasesIn(language);
  return [name, does[name], ...(topics[name] ?? [])];
}
