import { type AskRoomContext, askRoom } from '../actions/ask-room.ts';
import { rights } from '../actions/rights.ts';
import type { Votes } from '../actions/votes.ts';
import { AppError } from '../domain/errors.ts';
import { messagesIn } from '../words/messages-in.ts';
import type { Call, Command } from './command.ts';
import { type PlayChannelContext, playChannel } from './play-channel.ts';
import type { Reply } from './reply.ts';
import { voteReply } from './vote-reply.ts';

type Context = AskRoomContext & PlayChannelContext & { readonly votes: Pick<Votes, 'open' | 'cast'> };

/** The buttons of the question whether to switch, and those of the vote that it may lead to. */
export const voteCommand: Command<Context> = {
  name: 'vote',
  options: [],
  role: rights.vote.role,
  isPrivate: false,
  async run(call) {
    const { context, actor, values } = call;
    const [what, which = '', insteadOf = ''] = values;
    switch (what) {
      case 'ask':
        return openVote(call, Number(which), Number(insteadOf));
      case 'yes':
      case 'no':
        return voteReply(await context.votes.cast(which, actor.id, what === 'yes'), context);
      case 'cancel':
        return { lines: [[messagesIn(actor.language).leftAsIs]], isPrivate: true };
      default:
        throw new AppError('unknown_command', { name: 'vote' });
    }
  },
};

async function openVote(call: Call<Context>, channelId: number, insteadOf: number): Promise<Reply> {
  const { context, screen, actor, language } = call;
  const opened = askRoom(context, screen, actor, { channelId, insteadOf, language });
  // The channel that they were asked about is not on air any more, and with it the reason to ask anybody.
  if (!opened) return playChannel(call, channelId);
  return {
    ...voteReply(opened.vote, context),
    onPosted: (message, change) => opened.onPosted(message, (result) => change(voteReply(result, context))),
  };
}
