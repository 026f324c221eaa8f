import { asker } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { isClear } from './play.ts';
import { channelButton, find } from './search.ts';

/** So many buttons, where a name could be several. */
const CHOICES = 6;

export const vlcCommand: Command = {
  name: 'vlc',
  options: [{ name: 'channel', isRequired: false, suggests: true }],
  role: 'viewer',
  isPrivate: true,
  async run({ context, actor, phrases, values: [text = ''] }) {
    const { links, publicUrl, logger } = context;
    if (!publicUrl) throw new AppError('no_public_url');
    const wish = text.trim();
    const channels = wanted(context, wish);
    const [channel] = channels;
    if (!channel) throw new AppError('no_match', { query: wish });
    if (channels.length > 1) {
      return {
        lines: [[phrases.whichOne(wish)]],
        buttons: channels.map((each) => [channelButton(each, 'vlc')]),
        isPrivate: true,
      };
    }
    logger.info({ channelId: channel.id, askedBy: actor.id }, 'link asked for');
    const { token, expiresAt } = links.issue(asker(actor), channel);
    const address = `${publicUrl}/vlc/${token}`;
    return {
      lines: [
        [{ bold: channel.name }, ` · ${phrases.linkForYou} `, { clock: expiresAt, withDate: true }],
        [{ code: `${address}.ts` }],
        [phrases.linkGivesWay],
      ],
      buttons: [[{ label: phrases.buttons.openLink, url: `${address}.m3u` }]],
      isPrivate: true,
      direct: { command: 'vlc', values: [`#${channel.id}`] },
    };
  },
};

/** The one that is meant, or those that could be. @throws AppError nothing_on, channel_not_found, catalogue_not_ready */
function wanted(context: CommandContext, wish: string): readonly Pick<Channel, 'id' | 'name'>[] {
  if (wish === '') {
    const { channel } = context.broadcast.status;
    if (!channel) throw new AppError('nothing_on');
    return [channel];
  }
  const found = find(context, wish, CHOICES);
  const id = /^#(\d{1,15})$/.exec(wish)?.[1];
  if (id !== undefined) {
    const channel = context.catalogue.snapshot().byId.get(Number(id));
    if (!channel) throw new AppError('channel_not_found', { channelId: id });
    return [channel];
  }
  const [best] = found;
  return best && isClear(wish, best, found) ? [best] : found;
}
