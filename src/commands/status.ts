import { rights } from '../actions/rights.ts';
import { type CardContext, card } from './card.ts';
import type { Command } from './command.ts';
import { screenOption } from './named-screen.ts';

export const statusCommand: Command<CardContext> = {
  name: 'status',
  options: [screenOption],
  role: rights.look.role,
  isPrivate: false,
  run: async (call) => card(call.screen.broadcast.status, call),
};
