import { type PlayContext, play } from '../actions/play.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { ChannelId } from '../domain/ids.ts';
import { messagesIn } from '../words/messages-in.ts';
import { type CardContext, card } from './card.ts';
import type { Call } from './command.ts';
import type { Reply } from './reply.ts';

export type PlayChannelContext = PlayContext & CardContext;

/**
 * Plays one channel, and tells the asker when it is being opened.
 * @param insteadOf the channel that they confirmed to switch from.
 * @returns the card.
 * @throws AppError as `play`
 */
export async function playChannel(
  call: Call<PlayChannelContext>,
  channelId: ChannelId,
  insteadOf?: ChannelId,
): Promise<Reply> {
  const { context, screen, actor, language, show } = call;
  const { opening } = messagesIn(language);
  const status = await play(context, screen, actor, { channelId, insteadOf }, (channel) =>
    show({ lines: [[opening(labelOf(context, channel))]], isPrivate: false }),
  );
  return card(status, call);
}
