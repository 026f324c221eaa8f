import { type TitleSource, titleOf } from '../catalogue/channel-title.ts';
import type { Language } from '../domain/actor.ts';
import type { BroadcastStatus, OnAirChannel } from '../domain/broadcast-status.ts';
import { messagesIn } from '../words/messages-in.ts';

/** "TF1 FHD is gone: TF1 HD", where a variant stands in for the channel that somebody chose; else null. */
export function standInLine(
  context: TitleSource,
  { channel, standsInFor }: Pick<BroadcastStatus, 'channel' | 'standsInFor'>,
  language: Language,
): string | null {
  if (!channel || !standsInFor) return null;
  const [was, is] = [fullName(context, standsInFor.channel), fullName(context, channel)];
  const { standsIn } = messagesIn(language);
  const words =
    standsInFor.code === 'channel_black'
      ? standsIn.black
      : standsInFor.code === 'channel_frozen'
        ? standsIn.frozen
        : standsIn.gone;
  // Two entries of the same quality have the provider's names to tell them apart.
  return was === is ? words(standsInFor.channel.name, channel.name) : words(was, is);
}

/** "TF1 FHD". */
export function fullName(context: TitleSource, channel: OnAirChannel): string {
  const { name, quality } = titleOf(context, channel);
  return quality === null ? name : `${name} ${quality}`;
}
