import type { PlayRequest } from '../actions/etiquette.ts';
import { type PlayContext, play } from '../actions/play.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import { messagesIn } from '../words/messages-in.ts';
import { type CardContext, card } from './card.ts';
import type { Call } from './command.ts';
import type { Reply } from './reply.ts';

export type PlayChannelContext = PlayContext & CardContext;

/**
 * Plays one channel, and tells the asker when it is being opened.
 * @returns the card.
 * @throws AppError as `play`
 */
export async function playChannel(call: Call<PlayChannelContext>, request: PlayRequest): Promise<Reply> {
  const { context, screen, actor, language, show } = call;
  const { opening } = messagesIn(language);
  const status = await play(context, screen, actor, request, (channel) =>
    show({ lines: [[opening(labelOf(context, channel))]], isPrivate: false }),
  );
  return card(status, call);
}
