import { rights } from '../actions/rights.ts';
import { type CardContext, card } from './card.ts';
import type { Command } from './command.ts';

export const statusCommand: Command<CardContext> = {
  name: 'status',
  options: [],
  role: rights.look.role,
  isPrivate: false,
  run: async (call) => card(call.screen.broadcast.status, call),
};
