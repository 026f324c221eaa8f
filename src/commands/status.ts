import { rights } from '../actions/rights.ts';
import { card } from './card.ts';
import type { Command } from './command.ts';

export const statusCommand: Command = {
  name: 'status',
  options: [],
  role: rights.look.role,
  isPrivate: false,
  run: async ({ context, language }) => card(context.broadcast.status, context, language),
};
