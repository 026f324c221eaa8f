import { describe, expect, it } from 'vitest';
import type { Programme } from '../../../src/domain/channel.ts';
import { type MatchingOptions, matchingAirings } from '../../../src/recordings/rules/matching-airings.ts';
import { mainId } from '../../fakes/main-id.ts';

const HOUR = 3_600_000;
const now = 1_000 * HOUR;
const [tf1, tf1Hd, arte] = [mainId(1), mainId(2), mainId(3)];
const anyNews = { title: 'Le Journal', match: 'exact', channel: null, isNewOnly: false } as const;

const airing = (
  title: string,
  hours: number,
  more: Partial<Programme> = {},
  channelIds: (typeof tf1)[] = [tf1],
) => ({
  channelIds,
  programme: { title, description: '', start: now + hours * HOUR, stop: now + (hours + 1) * HOUR, ...more },
});
const none: MatchingOptions = {
  known: [],
  variantsOf: (id) => (id === tf1 || id === tf1Hd ? [tf1Hd, tf1] : []),
  now,
};
/** In hours from now. */
const found = (
  rule: Parameters<typeof matchingAirings>[0],
  airings: ReturnType<typeof airing>[],
  options: Partial<MatchingOptions> = {},
) =>
  matchingAirings(rule, airings, { ...none, ...options }).map(
    ({ channelId, programme }) => [channelId, (programme.start - now) / HOUR] as const,
  );

describe('what a rule wants', () => {
  it('is the same title in any spelling, the soonest first, and nothing that is over', () => {
    const airings = [airing('LE JOURNAL', 5), airing('Le journal', 1), airing('Le Journal de la nuit', 2)];
    expect(found(anyNews, [...airings, airing('Le Journal', -1)])).toEqual([
      [tf1, 1],
      [tf1, 5],
    ]);
  });

  it('is every title with its words, where it says so', () => {
    const rule = { ...anyNews, title: 'journal nuit', match: 'words' } as const;
    expect(found(rule, [airing('Le Journal', 1), airing('Le Journal de la nuit', 2)])).toEqual([[tf1, 2]]);
  });

  it('is what its channel shows, whichever variant the guide names', () => {
    const rule = { ...anyNews, channel: { channelId: tf1, channelName: 'TF1' } };
    const airings = [airing('Le Journal', 1, {}, [tf1Hd]), airing('Le Journal', 2, {}, [arte])];
    expect(found(rule, airings)).toEqual([[tf1, 1]]);
  });

  it('leaves out repeats, where the guide calls them so', () => {
    const rule = { ...anyNews, isNewOnly: true };
    const airings = [
      airing('Le Journal', 1, { isNew: false }),
      airing('Le Journal', 2),
      airing('Le Journal', 3, { isNew: true }),
    ];
    expect(found(rule, airings).map(([, at]) => at)).toEqual([2, 3]);
  });

  it('is each episode once, and once what several channels show together', () => {
    const airings = [
      airing('Le Journal', 1, { season: 2, episode: 3 }),
      airing('Le Journal', 4, { season: 2, episode: 3 }),
      airing('Le Journal', 5, { subTitle: 'Soir' }),
      airing('Le Journal', 6, { subTitle: 'soir' }),
      airing('Le Journal', 7, {}, [tf1]),
      airing('Le Journal', 7, {}, [arte]),
    ];
    expect(found(anyNews, airings).map(([, at]) => at)).toEqual([1, 5, 7]);
  });

  it('is nothing that is recorded already, or was removed; but a failed one when it comes again', () => {
    const programme = { title: 'Le Journal', start: now + HOUR, stop: now + 2 * HOUR, season: 1, episode: 1 };
    const known = { title: 'Mine', programme, start: programme.start, state: 'done' } as const;
    const airings = [airing('Le Journal', 1), airing('Le Journal', 3, { season: 1, episode: 1 })];
    expect(found(anyNews, airings, { known: [known] })).toEqual([]);
    expect(found(anyNews, airings, { known: [{ ...known, state: 'failed' }] })).toEqual([[tf1, 3]]);
  });
});
