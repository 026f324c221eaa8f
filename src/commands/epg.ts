import { keeperOf } from '../actions/past-programme.ts';
import { mayRecord, type RecordingQuota } from '../actions/recording-quota.ts';
import { rights } from '../actions/rights.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import { withGuide } from '../catalogue/guide/with-guide.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import { type Channel, fullDescription, inLanguage, type Programme } from '../domain/channel.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { shorten } from '../lib/shorten.ts';
import type { Line } from '../words/line.ts';
import { askWhichChannel, type ChannelChoiceContext, channelButton } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import { startButtons } from './past-programme-reply.ts';
import { progressBar } from './progress.ts';
import type { Button } from './reply.ts';
import { type ResolveChannelContext, resolveChannelOrOnAir } from './resolve-channel.ts';
import { seriesButtons } from './series-button.ts';
import { markOfTime } from './time-mark.ts';

const MOST = 6;
const MOST_PAST = 2;
/** Milliseconds in which the last programmes are looked for. */
const LATELY = 8 * 3_600_000;
const LONGEST_DESCRIPTION = 200;
/** Programmes that have a button to record them. */
const MOST_RECORDED = 4;
const LONGEST_TITLE = 30;
/** Milliseconds to wait for the provider's guide. */
const PATIENCE = 5_000;

interface Context extends ResolveChannelContext, ChannelChoiceContext, RecordingQuota {
  readonly catalogue: ResolveChannelContext['catalogue'];
  readonly favourites: ResolveChannelContext['favourites'];
  readonly marks: ChannelChoiceContext['marks'];
  readonly guide: Pick<Guide, 'onNow' | 'upcoming' | 'between'>;
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
    const listed = context.catalogue.snapshot().byId.get(channel.id) ?? null;
    const guideId = listed ? withGuide(context, listed) : channel.id;
    const own = (programme: Programme) => inLanguage(programme, call.language);
    const programmes = (await context.guide.upcoming(guideId, PATIENCE)).map(own);
    const past = listed ? (await lately(listed, guideId, context)).map(own) : [];
    const label = labelOf(context, channel);
    const [running] = programmes;
    const now = context.clock.now();
    const again = running && running.start <= now ? [...past, running] : past;
    return {
      lines: [
        [{ bold: label }],
        ...past.map(({ start, title }): Line => [{ clock: start }, ` ${title}`]),
        ...programmes.slice(0, MOST).flatMap((programme) => describe(programme, now)),
        ...(programmes.length === 0 ? [[messages.noGuide]] : []),
      ],
      buttons: [
        buttonsOf(channel, label, call),
        listed ? startButtons(context, listed, again) : [],
        recordButtons(channel, programmes, call),
        seriesRow(channel, programmes, call),
      ].filter((row) => row.length > 0),
      isPrivate: true,
    };
  },
};

/** The last programmes that are over, where a variant of the channel has an archive. */
async function lately(channel: Channel, guideId: ChannelId, context: Context): Promise<Programme[]> {
  const { guide, clock } = context;
  const now = clock.now();
  if (!keeperOf(context, channel, now, now)) return [];
  const programmes = await guide.between(guideId, now - LATELY, now, PATIENCE);
  return programmes
    .filter(({ start, stop }) => stop <= now && keeperOf(context, channel, start, now))
    .slice(-MOST_PAST);
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

/** For those who may record, buttons that record the next programmes. */
function recordButtons(
  channel: Pick<Channel, 'id' | 'name'>,
  programmes: readonly Programme[],
  { actor, context }: Call<Context>,
): Button[] {
  if (!mayRecord(actor, context)) return [];
  return programmes.slice(0, MOST_RECORDED).map(({ start, title }) => {
    const what = { command: 'record', values: [markOfTime(start)] };
    return channelButton(context, channel, `● ${shorten(title, LONGEST_TITLE)}`, what);
  });
}

/** For those who may record, buttons that record the series of these programmes, one for each title. */
function seriesRow(
  channel: Pick<Channel, 'id' | 'name'>,
  programmes: readonly Programme[],
  call: Call<Context>,
): Button[] {
  const titles = new Map(
    programmes.slice(0, MOST_RECORDED).map((programme) => [programme.title, programme] as const),
  );
  return [...titles.values()].flatMap((programme) => {
    const label = call.messages.series.of(shorten(programme.title, LONGEST_TITLE));
    return seriesButtons(call, channel, programme, label);
  });
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
