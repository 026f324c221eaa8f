import { askWhich, choices } from './choice.ts';
import type { Command } from './command.ts';
import { find, lookUp } from './find.ts';
import { rights } from './rights.ts';

const MOST_BUTTONS = 10;

export const searchCommand: Command = {
  name: 'search',
  options: [{ name: 'query', isRequired: true, suggests: false }],
  role: rights.look.role,
  isPrivate: true,
  async run(call) {
    const {
      context,
      actor,
      values: [query = ''],
      phrases,
    } = call;
    const found = find(context, actor, { typed: query, quality: null });
    if (found.kind === 'none') return askWhich(call, query, found);
    const groups = lookUp(context, actor, query, MOST_BUTTONS);
    return {
      lines: [[phrases.found(query)]],
      buttons: choices(groups).map((button) => [button]),
      isPrivate: true,
    };
  },
};
