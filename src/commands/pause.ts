import type { AuditContext } from '../actions/audit.ts';
import { goOn, pause } from '../actions/pause.ts';
import { rights } from '../actions/rights.ts';
import { type CardContext, card } from './card.ts';
import type { Command } from './command.ts';
import { screenOption } from './named-screen.ts';

/** Pauses what is of the past on the screen, or goes on with it. */
export const pauseCommand: Command<AuditContext & CardContext> = {
  name: 'pause',
  options: [screenOption],
  role: rights.stop.role,
  isPrivate: false,
  async run(call) {
    const { context, screen, actor } = call;
    const change = screen.broadcast.status.past?.pause ? goOn : pause;
    return card(await change(context, screen, actor), call);
  },
};
