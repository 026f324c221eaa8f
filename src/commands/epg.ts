import { rights } from '../actions/rights.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import { type Channel, fullDescription, type Programme } from '../domain/channel.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { shorten } from '../lib/shorten.ts';
import type { Line } from '../words/line.ts';
import { askWhichChannel, type ChannelChoiceContext, channelButton } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import { progressBar } from './progress.ts';
import type { Button } from './reply.ts';
import { type ResolveChannelContext, resolveChannelOrOnAir } from './resolve-channel.ts';

const MOST = 6;
const LONGEST_DESCRIPTION = 200;
/** Milliseconds to wait for the provider's guide. */
const PATIENCE = 5_000;

interface Context extends ResolveChannelContext, ChannelChoiceContext {
  readonly catalogue: ResolveChannelContext['catalogue'];
  readonly favourites: ResolveChannelContext['favourites'];
  readonly marks: ChannelChoiceContext['marks'];
  readonly guide: Pick<Guide, 'onNow' | 'upcoming'>;
  readonly clock: Pick<Clock, 'now'>;
}

export const epgCommand: Command<Context> = {
  name: 'epg',
  options: [{ name: 'channel', isRequired: false, suggests: true }],
  role: rights.look.role,
  isPrivate: true,
  async run(call) {
    const {
      context,
      messages,
      values: [typed = ''],
    } = call;
    const found = await resolveChannelOrOnAir(call, typed);
    if (found.kind !== 'one')
      return askWhichChannel(call, typed.trim(), found, { command: 'epg', values: [] });
    const { channel } = found;
    const programmes = await context.guide.upcoming(withGuide(channel, call), PATIENCE);
    const label = labelOf(context, channel);
    return {
      lines: [
        [{ bold: label }],
        ...programmes.slice(0, MOST).flatMap((programme) => describe(programme, context.clock.now())),
        ...(programmes.length === 0 ? [[messages.noGuide]] : []),
      ],
      buttons: [buttonsOf(channel, label, call)],
      isPrivate: true,
    };
  },
};

/** The id of a variant that has a guide, since not every variant of a channel has one. */
function withGuide({ id }: Pick<Channel, 'id'>, { context: { catalogue } }: Call<Context>): ChannelId {
  if (catalogue.snapshot().byId.get(id)?.epgId) return id;
  return catalogue.groupOf(id)?.variants.find(({ epgId }) => epgId !== null)?.id ?? id;
}

function describe(programme: Programme, now: number): Line[] {
  const { title, start, stop } = programme;
  if (start > now) return [[{ clock: start }, ` ${title}`]];
  const lines: Line[] = [
    [{ clock: start }, '–', { clock: stop }, ' ', { bold: title }],
    [progressBar(programme, now)],
  ];
  const description = fullDescription(programme);
  if (description) lines.push([shorten(description, LONGEST_DESCRIPTION)]);
  return lines;
}

function buttonsOf(
  channel: Pick<Channel, 'id' | 'name'>,
  label: string,
  { context, screen, messages }: Call<Context>,
): Button[] {
  const keep = channelButton(context, channel, messages.buttons.keep, { command: 'fav', values: ['add'] });
  const isOnAir = chosenChannel(screen.broadcast.status)?.id === channel.id;
  return isOnAir ? [keep] : [channelButton(context, channel, `▶ ${label}`), keep];
}
