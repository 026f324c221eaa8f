import type { RecordingQuota } from '../actions/recording-quota.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf, type TitleSource } from '../catalogue/channel-title.ts';
import type { Airing } from '../catalogue/guide/search-titles.ts';
import { foldWords } from '../catalogue/names/fold.ts';
import { type Channel, inLanguage, type Programme } from '../domain/channel.ts';
import { shorten } from '../lib/shorten.ts';
import type { Line } from '../words/line.ts';
import { channelButton, type MarksContext } from './channel-choice.ts';
import type { Call } from './command.ts';
import { type Reply, rowsOf } from './reply.ts';
import { seriesButtons } from './series-button.ts';
import { markOfTime } from './time-mark.ts';

/** A programme on a channel of the list. */
export interface ListedProgramme {
  readonly channel: Pick<Channel, 'id' | 'name'>;
  readonly programme: Programme;
}

type Context = MarksContext & RecordingQuota & TitleSource;

const MOST_PROGRAMMES = 8;
const MOST_SERIES = 5;
const PER_ROW = 4;
const LONGEST_TITLE = 60;

/** Programmes with the first channel that shows each. */
export function listed(
  { catalogue }: { readonly catalogue: Pick<Catalogue, 'snapshot'> },
  airings: readonly Airing[],
): ListedProgramme[] {
  const { byId } = catalogue.snapshot();
  return airings.flatMap(({ channelIds, programme }) => {
    const channel = channelIds.map((id) => byId.get(id)).find((found) => found !== undefined);
    return channel ? [{ channel, programme }] : [];
  });
}

/** The soonest of each title. */
export function distinctTitles(programmes: readonly ListedProgramme[]): ListedProgramme[] {
  const seen = new Set<string>();
  return programmes.filter(({ programme }) => {
    const title = foldWords(programme.title);
    return seen.has(title) ? false : seen.add(title);
  });
}

/** Asks which programme is to be recorded; those of one title may be recorded as a series. */
export function askWhichProgramme(call: Call<Context>, programmes: readonly ListedProgramme[]): Reply {
  const { context, messages, language } = call;
  const shown = programmes.slice(0, MOST_PROGRAMMES);
  const buttons = shown.map(({ channel, programme }, at) =>
    channelButton(context, channel, `● ${at + 1}`, {
      command: 'record',
      values: [markOfTime(programme.start)],
    }),
  );
  const titles = distinctTitles(programmes);
  const [only] = titles;
  const series = only && titles.length === 1 ? seriesButtons(call, only.channel, only.programme) : [];
  return {
    lines: [
      [messages.recorded.whichProgramme],
      ...shown.map(({ channel, programme }, at): Line => {
        const { title, start, subTitle } = inLanguage(programme, language);
        const what = subTitle ? ` · ${shorten(subTitle, LONGEST_TITLE)}` : '';
        return [
          `${at + 1}. `,
          { bold: shorten(title, LONGEST_TITLE) },
          ` · ${labelOf(context, channel)} · `,
          { clock: start, withDate: true },
          what,
        ];
      }),
    ],
    buttons: [...rowsOf(buttons, PER_ROW), series],
    isPrivate: true,
  };
}

/** Asks which series is meant. */
export function askWhichSeries(call: Call<Context>, programmes: readonly ListedProgramme[]): Reply {
  const { messages, language } = call;
  return {
    lines: [[messages.recorded.whichProgramme]],
    buttons: programmes.slice(0, MOST_SERIES).map(({ channel, programme }) => {
      const { title } = inLanguage(programme, language);
      return seriesButtons(call, channel, programme, messages.series.of(shorten(title, LONGEST_TITLE)));
    }),
    isPrivate: true,
  };
}
