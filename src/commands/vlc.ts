import { asker } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { askWhich } from './choice.ts';
import type { Command } from './command.ts';
import { findOrOnAir } from './find.ts';

export const vlcCommand: Command = {
  name: 'vlc',
  options: [{ name: 'channel', isRequired: false, suggests: true }],
  role: 'viewer',
  isPrivate: true,
  async run(call) {
    const {
      context,
      actor,
      phrases,
      values: [text = ''],
    } = call;
    const { links, publicUrl, logger } = context;
    if (!publicUrl) throw new AppError('no_public_url');
    const found = findOrOnAir(context, actor, text);
    if (found.kind !== 'one') return askWhich(call, text, found, { command: 'vlc', values: [] });
    const { channel } = found;
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
