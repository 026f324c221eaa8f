import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { fullName, type TitleSource } from './channel-title.ts';

/** The names of the chosen channel and of the variant that stands in for it; null where the chosen channel is on air. */
export function standInNames(
  source: TitleSource,
  { channel, standsInFor }: Pick<BroadcastStatus, 'channel' | 'standsInFor'>,
): { readonly was: string; readonly is: string } | null {
  if (!channel || !standsInFor) return null;
  const [was, is] = [fullName(source, standsInFor.channel), fullName(source, channel)];
  // Two entries of the same quality have the provider's names to tell them apart.
  return was === is ? { was: standsInFor.channel.name, is: channel.name } : { was, is };
}
