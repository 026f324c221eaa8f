import type { PrivateLinks } from '../access/private-links.ts';
import { type MakePrivateLinkContext, makePrivateLink } from '../actions/make-private-link.ts';
import { rights } from '../actions/rights.ts';
import { fullName } from '../catalogue/channel-title.ts';
import { AppError } from '../domain/errors.ts';
import { askWhichChannel, type ChannelChoiceContext } from './channel-choice.ts';
import type { Command } from './command.ts';
import { type ResolveChannelContext, resolveChannelOrOnAir } from './resolve-channel.ts';

interface Context extends MakePrivateLinkContext, ResolveChannelContext, ChannelChoiceContext {
  readonly catalogue: ResolveChannelContext['catalogue'];
  readonly favourites: ResolveChannelContext['favourites'];
  readonly marks: ChannelChoiceContext['marks'];
  readonly links: Pick<PrivateLinks, 'issue' | 'revoke'>;
  /** The server's own address as others reach it; null where PUBLIC_URL does not say. */
  readonly publicUrl: string | null;
}

export const vlcCommand: Command<Context> = {
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
    const found = await resolveChannelOrOnAir(call, text);
    if (found.kind !== 'one') return askWhichChannel(call, text, found, { command: 'vlc', values: [] });
    const { channel } = found;
    const { id, token, expiresAt } = makePrivateLink(context, actor, channel);
    const address = `${publicUrl}/vlc/${token}`;
    return {
      lines: [
        [
          { bold: fullName(context, channel) },
          ` · ${messages.linkForYou} `,
          { clock: expiresAt, withDate: true },
        ],
        [{ code: `${address}.ts` }],
        [messages.linkGivesWay],
      ],
      buttons: [[{ label: messages.buttons.openLink, url: `${address}.m3u` }]],
      isPrivate: true,
      direct: { command: 'vlc', values: [context.marks.of(channel)] },
      onUndelivered: () => context.links.revoke(actor.id, id),
    };
  },
};
