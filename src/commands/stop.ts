import { rights } from '../actions/rights.ts';
import { type StopContext, stop } from '../actions/stop.ts';
import { type CardContext, card } from './card.ts';
import type { Command } from './command.ts';

export const stopCommand: Command<StopContext & CardContext> = {
  name: 'stop',
  options: [],
  role: rights.stop.role,
  isPrivate: false,
  async run(call) {
    return card(await stop(call.context, call.screen, call.actor), call);
  },
};
