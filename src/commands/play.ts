import { requireList } from '../actions/play.ts';
import { rights } from '../actions/rights.ts';
import { qualities } from '../catalogue/names/tags.ts';
import { askWhichChannel } from './channel-choice.ts';
import type { Call, Command, Option } from './command.ts';
import { type PlayChannelContext, playChannel } from './play-channel.ts';
import type { Reply } from './reply.ts';
import { type ResolveChannelContext, resolveChannel, toQuality } from './resolve-channel.ts';

export type PlayCommandContext = PlayChannelContext & ResolveChannelContext;

export const qualityOption: Option = {
  name: 'quality',
  isRequired: false,
  suggests: false,
  choices: qualities,
};

export const playCommand: Command<PlayCommandContext> = {
  name: 'play',
  options: [{ name: 'channel', isRequired: true, suggests: true }, qualityOption],
  role: rights.play.role,
  isPrivate: false,
  run: (call) => playTyped(call, call.values),
};

/** Plays the channel that somebody typed, or asks which one they mean. @param values the channel and the quality. */
export async function playTyped(
  call: Call<PlayCommandContext>,
  [typed = '', quality = '']: readonly string[],
): Promise<Reply> {
  await requireList(call.context);
  // A button may name the channel that its question was about: "#12!34" plays 12 instead of 34.
  const [, wanted = typed, insteadOf] = /^(#\d{1,15})!(\d{1,15})$/.exec(typed) ?? [];
  const found = resolveChannel(call, { typed: wanted, quality: toQuality(quality) });
  if (found.kind !== 'one') return askWhichChannel(call, typed.trim(), found);
  return playChannel(call, found.channel.id, insteadOf ? Number(insteadOf) : undefined);
}
