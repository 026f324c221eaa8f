import { rights } from '../actions/rights.ts';
import { offeredMatches } from '../catalogue/search/offered-matches.ts';
import { shorten } from '../lib/shorten.ts';
import { askWhichChannel, type ChannelChoiceContext, choiceMenu } from './channel-choice.ts';
import type { Command } from './command.ts';
import { type ResolveChannelContext, resolveChannel, searchChannels } from './resolve-channel.ts';

const MOST = 25;
/** Characters of the typed text that are repeated. */
const LONGEST_QUERY = 80;

type Context = ResolveChannelContext & ChannelChoiceContext;

export const searchCommand: Command<Context> = {
  name: 'search',
  options: [{ name: 'query', isRequired: true, suggests: false }],
  role: rights.look.role,
  isPrivate: true,
  async run(call) {
    const {
      values: [query = ''],
      messages,
    } = call;
    const found = await resolveChannel(call, { typed: query, quality: null });
    if (found.kind === 'none' || found.kind === 'unnamed')
      return askWhichChannel(call, query, found, undefined, 'search');
    const groups = offeredMatches(query, searchChannels(call, query, MOST));
    return {
      lines: [[messages.found(shorten(query, LONGEST_QUERY))]],
      menu: choiceMenu(call, groups, messages.chooseChannel),
      isPrivate: true,
    };
  },
};
