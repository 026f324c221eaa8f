import { beforeEach, describe, expect, it } from 'vitest';
import { Guide } from '../../../src/catalogue/guide/guide.ts';
import type { Programme } from '../../../src/domain/channel.ts';
import { FakeClock, settle } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';
import { noWholeGuide } from '../../fakes/no-whole-guide.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const MINUTE = 60_000;

let clock: FakeClock;
let asked: PromiseWithResolvers<Programme[]>[];
let guide: Guide;
beforeEach(() => {
  clock = new FakeClock();
  asked = [];
  const shortGuide = () => {
    const answer = Promise.withResolvers<Programme[]>();
    asked.push(answer);
    return answer.promise;
  };
  guide = new Guide({ provider: { shortGuide }, whole: noWholeGuide, clock, logger: silentLogger });
});

function show(title: string, start: number, stop: number): Programme {
  return { title, description: '', start: clock.now() + start * MINUTE, stop: clock.now() + stop * MINUTE };
}

const titles = (programmes: readonly Programme[]) => programmes.map(({ title }) => title);

describe('the upcoming programmes', () => {
  it('are fetched with one call for all callers that wait', async () => {
    const both = Promise.all([guide.upcoming(mainId(1), 5_000), guide.upcoming(mainId(1), 5_000)]);
    expect(guide.get(mainId(1))).toEqual({ now: null, next: null });
    asked[0]?.resolve([show('Over', -60, 0), show('News', -10, 20), show('Film', 20, 120)]);
    for (const programmes of await both) expect(titles(programmes)).toEqual(['News', 'Film']);
    expect(titles(await guide.upcoming(mainId(1), 5_000))).toEqual(['News', 'Film']);
    expect(asked).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('are the cached ones if the provider takes too long', async () => {
    const first = guide.upcoming(mainId(1), 5_000);
    asked[0]?.resolve([show('News', -10, 90)]);
    await first;
    clock.skip(31 * MINUTE);
    const second = guide.upcoming(mainId(1), 5_000);
    await clock.advance(5_000);
    expect(titles(await second)).toEqual(['News']);
    asked[1]?.resolve([show('Film', 0, 90)]);
    await settle();
    expect(titles(await guide.upcoming(mainId(1), 5_000))).toEqual(['Film']);
  });

  it('are empty if the provider fails', async () => {
    const programmes = guide.upcoming(mainId(1), 5_000);
    asked[0]?.reject(new Error('down'));
    expect(await programmes).toEqual([]);
  });
});

describe('the channels by their current programme', () => {
  beforeEach(async () => {
    for (const [channel, title] of [
      [1, 'Tour de France : étape 3'],
      [2, 'Détour'],
    ] as const) {
      const programmes = guide.upcoming(mainId(channel), 5_000);
      asked.at(-1)?.resolve([show(title, -10, 20), show('Le Journal', 20, 40)]);
      await programmes;
    }
  });

  it.each([
    ['tour', [1]],
    ['TOUR DE', [1]],
    ['étape', [1]],
    ['Etap', [1]],
    ['journal', []],
    ['de', []],
    ['???', []],
  ])('are found for %s', (typed, channels) => {
    expect(guide.onNow(typed)).toEqual(channels.map(mainId));
  });

  it('are not found by a programme that has ended', () => {
    clock.skip(25 * MINUTE);
    expect(guide.onNow('journal')).toEqual([1, 2].map(mainId));
    expect(guide.onNow('tour')).toEqual([]);
  });
});
