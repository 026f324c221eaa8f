import { writeAudit } from '../actions/audit.ts';
import { rights } from '../actions/rights.ts';
import { titleOf } from '../catalogue/channel-title.ts';
import { type Asker, asker } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import { askWhich } from './choice.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { resolveChannelOrOnAir } from './resolve-channel.ts';

export const vlcCommand: Command = {
  name: 'vlc',
  options: [{ name: 'channel', isRequired: false, suggests: true }],
  role: rights.own.role,
  isPrivate: true,
  async run(call) {
    const {
      context,
      actor,
      messages,
      values: [text = ''],
    } = call;
    const { publicUrl } = context;
    if (!publicUrl) throw new AppError('no_public_url');
    const found = resolveChannelOrOnAir(context, actor, text);
    if (found.kind !== 'one') return askWhich(call, text, found, { command: 'vlc', values: [] });
    const { channel } = found;
    const { id, token, expiresAt } = makeLink(context, asker(actor), channel);
    const address = `${publicUrl}/vlc/${token}`;
    const { name, quality } = titleOf(context, channel);
    return {
      lines: [
        [
          { bold: quality ? `${name} ${quality}` : name },
          ` · ${messages.linkForYou} `,
          { clock: expiresAt, withDate: true },
        ],
        [{ code: `${address}.ts` }],
        [messages.linkGivesWay],
      ],
      buttons: [[{ label: messages.buttons.openLink, url: `${address}.m3u` }]],
      isPrivate: true,
      direct: { command: 'vlc', values: [`#${channel.id}`] },
      onUndelivered: () => context.links.revoke(actor.id, id),
    };
  },
};

/** A private link to a channel; its token is told this once. @returns when it ends too, in epoch milliseconds */
export function makeLink(
  context: CommandContext,
  askedBy: Asker,
  channel: Pick<Channel, 'id' | 'name'>,
): { id: number; token: string; expiresAt: number } {
  const { links, logger } = context;
  logger.info({ channelId: channel.id, askedBy: askedBy.id }, 'link asked for');
  const link = links.issue(askedBy, channel);
  writeAudit(context, askedBy, 'link_made', channel.name);
  return link;
}
