import { rights } from '../actions/rights.ts';
import { type StopContext, stop } from '../actions/stop.ts';
import { type CardContext, card } from './card.ts';
import type { Command } from './command.ts';
import { screenOption } from './named-screen.ts';

export const stopCommand: Command<StopContext & CardContext> = {
  name: 'stop',
  options: [screenOption],
  role: rights.stop.role,
  isPrivate: false,
  async run(call) {
    return card(await stop(call.context, call.screen, call.actor), call);
  },
};
