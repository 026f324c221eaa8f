import { mayAct } from '../domain/actor.ts';
import { type Command, commandNames } from './command.ts';
import type { Line } from './reply.ts';
import { rights } from './rights.ts';

export const helpCommand: Command = {
  name: 'help',
  options: [],
  role: rights.look.role,
  isPrivate: true,
  async run({ commands, actor, phrases }) {
    const mine = commandNames.filter((name) => mayAct(actor, commands[name].role));
    const lines: Line[] = mine.map((name) => [{ code: `/${name}` }, ` ${phrases.does[name]}`]);
    return { lines: [[phrases.help], ...lines], isPrivate: true };
  },
};
