import { control } from '../actions/control.ts';
import { rights } from '../actions/rights.ts';
import { card } from './card.ts';
import type { Command } from './command.ts';

export const stopCommand: Command = {
  name: 'stop',
  options: [],
  role: rights.stop.role,
  isPrivate: false,
  async run({ context, actor, language }) {
    return card(await control(context, actor, { action: 'stop' }), context, language);
  },
};
