import { rights } from '../actions/rights.ts';
import type { Broadcast } from '../stream/screen/broadcast.ts';
import { type CardContext, card } from './card.ts';
import type { Command } from './command.ts';

type Context = CardContext & { readonly broadcast: Pick<Broadcast, 'status'> };

export const statusCommand: Command<Context> = {
  name: 'status',
  options: [],
  role: rights.look.role,
  isPrivate: false,
  run: async ({ context, language }) => card(context.broadcast.status, context, language),
};
