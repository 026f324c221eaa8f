import { type AskRoomContext, askRoom, type Motion } from '../actions/ask-room.ts';
import { rights } from '../actions/rights.ts';
import type { Votes } from '../actions/votes.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import { messagesIn } from '../words/messages-in.ts';
import { readPressed } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import { type PlayChannelContext, playChannel } from './play-channel.ts';
import { recordingOfMark } from './recording-mark.ts';
import type { Reply } from './reply.ts';
import { timeOfMark } from './time-mark.ts';
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
    const [what, which = '', insteadOf = '', time = ''] = values;
    switch (what) {
      case 'ask':
        return openVote(call, {
          channelId: pressed(call, which),
          insteadOf: pressed(call, insteadOf),
          from: timeOfMark(time) ?? undefined,
          recording: recordingOfMark(time) ?? undefined,
        });
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

/** @throws AppError channel_gone */
function pressed({ context }: Call<Context>, value: string): ChannelId {
  const id = readPressed(context.marks, value);
  if (id === null || id === 'unknown') throw new AppError('channel_gone');
  return id;
}

async function openVote(call: Call<Context>, motion: Omit<Motion, 'language'>): Promise<Reply> {
  const { context, screen, actor, language } = call;
  const opened = await askRoom(context, screen, actor, { ...motion, language });
  // The channel that they were asked about is not on air any more, and with it the reason to ask anybody.
  if (!opened) {
    const { channelId, from, recording } = motion;
    return playChannel(call, { channelId, from, recording });
  }
  return {
    ...voteReply(opened.vote, context),
    onPosted: (message, change) => opened.onPosted(message, (result) => change(voteReply(result, context))),
  };
}
