import { rights } from '../actions/rights.ts';
import { qualities } from '../catalogue/names/tags.ts';
import type { ChannelId } from '../domain/ids.ts';
import { askWhichChannel, type ChannelChoiceContext, readPressed } from './channel-choice.ts';
import type { Call, Command, Option } from './command.ts';
import { type PlayChannelContext, playChannel } from './play-channel.ts';
import type { Reply } from './reply.ts';
import { type ResolveChannelContext, resolveChannel, toQuality } from './resolve-channel.ts';

export type PlayCommandContext = PlayChannelContext & ResolveChannelContext & ChannelChoiceContext;

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
  const { wanted, insteadOf } = confirmed(call.context, typed) ?? { wanted: typed, insteadOf: undefined };
  const found = await resolveChannel(call, { typed: wanted, quality: toQuality(quality) });
  if (found.kind !== 'one') return askWhichChannel(call, typed.trim(), found);
  return playChannel(call, found.channel.id, insteadOf);
}

/** A button may name the channel that its question was about: "~112!~134" plays 112 instead of 134. */
function confirmed(
  { marks }: PlayCommandContext,
  typed: string,
): { wanted: string; insteadOf: ChannelId | undefined } | null {
  const [wanted = '', about] = typed.split('!');
  if (about === undefined || marks.read(wanted) === null) return null;
  const insteadOf = readPressed(marks, about);
  if (insteadOf === null) return null;
  return { wanted, insteadOf: insteadOf === 'unknown' ? undefined : insteadOf };
}
