import { questionBefore } from '../actions/control.ts';
import { rights } from '../actions/rights.ts';
import { titleOf } from '../catalogue/channel-title.ts';
import { asker } from '../domain/actor.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import type { Call, Command } from './command.ts';
import { carryOut, fulfil } from './play-channel.ts';
import type { Reply } from './reply.ts';

/** The buttons of the question whether to switch, and those of the vote that it may lead to. */
export const voteCommand: Command = {
  name: 'vote',
  options: [],
  role: rights.vote.role,
  isPrivate: false,
  async run(call) {
    const { context, actor, values } = call;
    const [what, which = '', insteadOf = ''] = values;
    switch (what) {
      case 'ask':
        return askRoom(call, Number(which), Number(insteadOf));
      case 'yes':
      case 'no':
        return context.votes.cast(which, actor.id, what === 'yes');
      case 'cancel':
        return { lines: [[messagesIn(actor.language).leftAsIs]], isPrivate: true };
      default:
        throw new AppError('unknown_command', { name: 'vote' });
    }
  },
};

async function askRoom(call: Call, channelId: number, insteadOf: number): Promise<Reply> {
  const { context, actor, language } = call;
  const { broadcast, logger, votes } = context;
  const question = questionBefore(context, actor, { action: 'play', channelId });
  // What they were asked about may have gone meanwhile, and with it the reason to ask anybody.
  if (question?.onAir.id !== insteadOf) return fulfil(call, channelId);
  const by = asker(actor);
  return votes.open({
    by,
    wanted: titleOf(context, question.wanted).name,
    onAir: {
      name: titleOf(context, question.onAir).name,
      askedBy: question.askedBy,
      viewers: question.viewers,
    },
    language,
    isMoot: () => chosenChannel(broadcast.status)?.id !== insteadOf,
    carryOut: async () => {
      try {
        const reply = await carryOut(context, channelId, by, { card: language, failure: language });
        return reply.isCard ? null : reply;
      } catch (error) {
        const known = error instanceof AppError ? error : new AppError('internal', { ref: '-' });
        logger.error({ channelId, err: error }, 'the result of a vote could not be carried out');
        return { lines: [[sentence(language, known.code, known.params)]], isPrivate: false };
      }
    },
  });
}
