import { normaliseName } from '../catalogue/normalise.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Command } from './command.ts';
import { channelButton, find } from './search.ts';
import { fulfil } from './wish.ts';

/** So many buttons, where a name could be several. */
const CHOICES = 6;

export const playCommand: Command = {
  name: 'play',
  options: [{ name: 'channel', isRequired: true, suggests: true }],
  role: 'viewer',
  isPrivate: false,
  async run(call) {
    const { context, phrases } = call;
    const wish = (call.values[0] ?? '').trim();
    const [, id, insteadOf] = /^#(\d{1,15})(?:!(\d{1,15}))?$/.exec(wish) ?? [];
    if (id !== undefined) return fulfil(call, Number(id), insteadOf ? Number(insteadOf) : undefined);
    const channels = find(context, wish, CHOICES);
    const [best] = channels;
    if (!best || wish === '') throw new AppError('no_match', { query: wish });
    if (channels.length === 1 || isClear(wish, best, channels)) return fulfil(call, best.id);
    return {
      lines: [[phrases.whichOne(wish)]],
      buttons: channels.map((channel) => [channelButton(channel)]),
      isPrivate: true,
    };
  },
};

/** The best match is the wish itself, and no other is. */
function isClear(wish: string, best: Channel, channels: readonly Channel[]): boolean {
  const name = normaliseName(wish);
  const same = channels.filter((channel) => normaliseName(channel.name) === name);
  return same[0] === best;
}
