import type { PrivateLinks } from '../access/private-links.ts';
import { type MakePrivateLinkContext, makePrivateLink } from '../actions/make-private-link.ts';
import { type ArchiveContext, findKeptProgramme, type KeptProgramme } from '../actions/past-programme.ts';
import { rights } from '../actions/rights.ts';
import { fullName } from '../catalogue/channel-title.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import { askWhichChannel, type ChannelChoiceContext } from './channel-choice.ts';
import type { Command } from './command.ts';
import { FROM_THE_START, withoutFromTheStart } from './from-the-start.ts';
import { type ResolveChannelContext, resolveChannelOrOnAir } from './resolve-channel.ts';
import { markOfTime, pressedTime } from './time-mark.ts';

interface Context extends MakePrivateLinkContext, ResolveChannelContext, ChannelChoiceContext {
  readonly guide: ResolveChannelContext['guide'] & ArchiveContext['guide'];
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
    const { context, actor, messages, values } = call;
    const { publicUrl } = context;
    if (!publicUrl) throw new AppError('no_public_url');
    const { text, from } = readWish(context, values);
    const found = await resolveChannelOrOnAir(call, text);
    if (found.kind !== 'one') {
      const times = from === null ? [] : [markOfTime(from)];
      return askWhichChannel(call, text, found, { command: 'vlc', values: times }, 'vlc');
    }
    const recording = from === null ? null : await keptProgrammeOf(context, found.channel, from);
    const channel = recording?.channel ?? found.channel;
    const { id, token, expiresAt } = makePrivateLink(context, actor, channel, recording?.past);
    const address = `${publicUrl}/vlc/${token}`;
    return {
      lines: [
        [
          { bold: [fullName(context, channel), recording?.past.title ?? ''].filter(Boolean).join(' · ') },
          ` · ${messages.linkForYou} `,
          { clock: expiresAt, withDate: true },
        ],
        [{ code: `${address}.ts` }],
        [messages.linkGivesWay],
      ],
      buttons: [[{ label: messages.buttons.openLink, url: `${address}.m3u` }]],
      isPrivate: true,
      direct: { command: 'vlc', values: [context.marks.of(channel) + (recording ? FROM_THE_START : '')] },
      onUndelivered: () => context.links.revoke(actor.id, id),
    };
  },
};

/** The channel as it was typed or pressed, and a time of the programme that is wanted from its start; null for live. */
function readWish(
  { marks, clock }: Pick<Context, 'marks' | 'clock'>,
  values: readonly string[],
): { readonly text: string; readonly from: number | null } {
  const pressed = pressedTime(marks, values);
  if (pressed !== null) return { text: values[1] ?? '', from: pressed };
  const [typed = ''] = values;
  const text = withoutFromTheStart(typed);
  return text === null ? { text: typed, from: null } : { text, from: clock.now() };
}

/** @throws AppError channel_gone, and as `findKeptProgramme` */
async function keptProgrammeOf(
  context: Context,
  { id }: Pick<Channel, 'id'>,
  from: number,
): Promise<KeptProgramme> {
  const channel = context.catalogue.snapshot().byId.get(id);
  if (!channel) throw new AppError('channel_gone');
  return findKeptProgramme(context, channel, from);
}
