import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { fullName, type TitleSource } from './channel-title.ts';

/**
 * The names of the chosen channel and of the variant that replaces it; null if the chosen channel is on air. They are the same where
 * the live picture replaces a past programme.
 */
export function standInNames(
  source: TitleSource,
  { channel, standsInFor }: Pick<BroadcastStatus, 'channel' | 'standsInFor'>,
): { readonly was: string; readonly is: string } | null {
  if (!channel || !standsInFor) return null;
  if (standsInFor.channel.id === channel.id) {
    const name = fullName(source, channel);
    return { was: name, is: name };
  }
  const [was, is] = [fullName(source, standsInFor.channel), fullName(source, channel)];
  // Two entries of the same quality are distinguished by the provider's names.
  return was === is ? { was: standsInFor.channel.name, is: channel.name } : { was, is };
}
