import { card } from './card.ts';
import type { Command } from './command.ts';
import { control } from './control.ts';
import { rights } from './rights.ts';

export const stopCommand: Command = {
  name: 'stop',
  options: [],
  role: rights.stop.role,
  isPrivate: false,
  async run({ context, actor, language }) {
    return card(await control(context, actor, { action: 'stop' }), context, language);
  },
};
