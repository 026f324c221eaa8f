import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListedAccount } from '../../src/catalogue/account-list.ts';
import { Catalogue, type CatalogueOptions } from '../../src/catalogue/catalogue.ts';
import { keepAll, type ListFilter } from '../../src/catalogue/list-filter.ts';
import { buildSearch } from '../../src/catalogue/search/build-search.ts';
import type { CatalogueData } from '../../src/catalogue/snapshot.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { AppError } from '../../src/domain/errors.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import type { Lineup } from '../../src/domain/source-provider.ts';
import { mainId } from '../fakes/main-id.ts';
import { FakeClock } from './fake-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const everything = { limit: 1000, offset: 0 };

let catalogue: Catalogue | null = null;
afterEach(() => catalogue?.stop());

function channel(id: number): Channel {
  return {
    id: mainId(id),
    number: id,
    name: `Channel ${id}`,
    categoryId: id % 2 ? '1' : null,
    logo: null,
    epgId: null,
    archiveDays: 0,
  };
}

function lineup(count: number, first = 1): Lineup {
  return {
    categories: [{ id: '1', name: 'France' }],
    channels: Array.from({ length: count }, (_, index) => channel(first + index)),
    dropped: 0,
  };
}

class MemoryStore {
  data: CatalogueData | null = null;
  load = async () => this.data;
  save = async (data: CatalogueData) => {
    this.data = data;
  };
}

/** A catalogue whose provider gives each of the test's answers once and then repeats the last one. */
function setUp(
  answers: (Lineup | Error | Promise<Lineup>)[],
  { store: given, ...more }: Partial<CatalogueOptions> & { store?: ListedAccount['store'] } = {},
) {
  const clock = new FakeClock();
  const store = new MemoryStore();
  const signals: AbortSignal[] = [];
  const fetchLineup = vi.fn(async (signal?: AbortSignal): Promise<Lineup> => {
    if (signal) signals.push(signal);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
    const aborted = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
    return Promise.race([answer, aborted]);
  });
  catalogue = new Catalogue({
    accounts: [{ id: mainAccount, provider: { lineup: fetchLineup }, store: given ?? store }],
    clock,
    log: pino({ enabled: false }),
    random: () => 0.5,
    ...more,
  });
  return { catalogue, clock, store, fetchLineup, signals };
}

const never = new Promise<Lineup>(() => {});
const down = new AppError('provider_unreachable');

describe('Catalogue', () => {
  it('loads the list on disk at once and the new list later', async () => {
    const { catalogue, store, clock } = setUp([lineup(12)]);
    store.data = { ...lineup(10), refreshedAt: 5 };
    const sizes: number[] = [];
    catalogue.onChange(({ channels }) => sizes.push(channels.length));
    await catalogue.start();
    expect(catalogue.snapshot()).toMatchObject({ refreshedAt: 5 });
    expect(catalogue.search('channel 7', everything).items[0]?.id).toBe(mainId(7));
    await expect.poll(() => sizes).toEqual([10, 12]);
    expect(catalogue.snapshot().refreshedAt).toBe(clock.time);
    expect(store.data?.channels).toHaveLength(12);
  });

  it('is empty before the first list', async () => {
    const { catalogue } = setUp([never]);
    await catalogue.start();
    expect(catalogue.snapshot()).toMatchObject({ channels: [], categories: [], refreshedAt: null });
    expect(catalogue.search('', everything)).toEqual({ items: [], total: 0 });
  });

  it('returns immutable snapshots', async () => {
    const { catalogue } = setUp([lineup(3), lineup(4, 2)]);
    expect(await catalogue.refresh()).toEqual({ before: 0, after: 3, categories: 1, dropped: 0 });
    const first = catalogue.snapshot();
    expect(await catalogue.refresh()).toMatchObject({ before: 3, after: 4 });
    expect(first.channels.map(({ id }) => id)).toEqual([1, 2, 3].map(mainId));
    expect(first.byId.has(mainId(4))).toBe(false);
    expect(first.countByCategory).toEqual(new Map([['1', 2]]));
    expect(catalogue.snapshot().byId.get(mainId(5))?.name).toBe('Channel 5');
  });

  it('rebuilds the index only for a different list', async () => {
    const build = vi.fn(buildSearch);
    const renamed = lineup(3);
    const { catalogue } = setUp(
      [lineup(3), lineup(3), { ...renamed, categories: [{ id: '1', name: 'Sport' }] }],
      {
        search: build,
      },
    );
    const seen: (number | null)[] = [];
    catalogue.onChange(({ refreshedAt }) => seen.push(refreshedAt));
    await catalogue.refresh();
    await catalogue.refresh();
    expect(build).toHaveBeenCalledTimes(1);
    await catalogue.refresh();
    expect(build).toHaveBeenCalledTimes(2);
    expect(seen).toHaveLength(3);
    expect(catalogue.groups('channel 2', { limit: 1 })[0]?.name).toBe('Channel 2');
    expect(catalogue.groups('sport', { limit: 1 })[0]?.why).toEqual(['category']);
  });

  it('never accepts an empty list', async () => {
    const { catalogue, store } = setUp([lineup(3), lineup(0)]);
    await catalogue.refresh();
    for (const force of [false, true, false, false]) {
      await expect(catalogue.refresh({ force })).rejects.toMatchObject({ code: 'catalogue_empty' });
    }
    expect(catalogue.snapshot().channels).toHaveLength(3);
    expect(store.data?.channels).toHaveLength(3);
  });

  it('accepts a list that lost more than half only the third time in a row', async () => {
    const { catalogue, store } = setUp([
      lineup(10),
      lineup(4),
      lineup(4),
      lineup(5),
      lineup(2),
      lineup(2),
      lineup(2),
    ]);
    const shrunk = { code: 'catalogue_shrunk' };
    await catalogue.refresh();
    await expect(catalogue.refresh()).rejects.toMatchObject({ ...shrunk, params: { before: 10, after: 4 } });
    await expect(catalogue.refresh()).rejects.toMatchObject(shrunk);
    expect(await catalogue.refresh()).toMatchObject({ before: 10, after: 5 });
    await expect(catalogue.refresh()).rejects.toMatchObject(shrunk);
    await expect(catalogue.refresh()).rejects.toMatchObject(shrunk);
    expect(store.data?.channels).toHaveLength(5);
    expect(await catalogue.refresh()).toMatchObject({ before: 5, after: 2 });
    expect(store.data?.channels).toHaveLength(2);
  });

  it('accepts a shrunk list at once if the operator forces it', async () => {
    const { catalogue } = setUp([lineup(10), lineup(1)]);
    await catalogue.refresh();
    expect(await catalogue.refresh({ force: true })).toMatchObject({ before: 10, after: 1 });
  });

  it('compares the first list with the one on disk', async () => {
    const { catalogue, store, fetchLineup } = setUp([lineup(2)]);
    store.data = { ...lineup(10), refreshedAt: 5 };
    await catalogue.start();
    await expect.poll(() => fetchLineup.mock.calls.length).toBe(1);
    await expect(catalogue.refresh()).rejects.toMatchObject({ code: 'catalogue_shrunk' });
    expect(catalogue.snapshot().channels).toHaveLength(10);
  });

  it('works without a disk and with a listener that fails', async () => {
    const store = { load: async () => null, save: () => Promise.reject(new Error('disk full')) };
    const { catalogue } = setUp([lineup(3)], { store });
    const listener = vi.fn();
    catalogue.onChange(() => {
      throw new Error('bad listener');
    });
    const off = catalogue.onChange(listener);
    await catalogue.refresh();
    off();
    await catalogue.refresh();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(catalogue.snapshot().channels).toHaveLength(3);
  });
});

describe('Catalogue in the background', () => {
  it('refreshes every six hours, and sooner while the provider is down', async () => {
    const { catalogue, clock, fetchLineup } = setUp([lineup(4), down, down, down, lineup(4)]);
    await catalogue.start();
    const pauses: (number | null)[] = [];
    for (let round = 1; round <= 5; round++) {
      await expect.poll(() => clock.next).not.toBeNull();
      expect(fetchLineup).toHaveBeenCalledTimes(round);
      pauses.push(clock.next);
      clock.advance(clock.next ?? 0);
    }
    expect(pauses).toEqual([6 * HOUR, MINUTE / 2, MINUTE, 2 * MINUTE, 6 * HOUR]);
  });

  it('retries at least every half hour while the provider is down', async () => {
    const { catalogue, clock } = setUp([down]);
    await catalogue.start();
    for (let round = 0; round < 12; round++) {
      await expect.poll(() => clock.next).not.toBeNull();
      expect(clock.next).toBeLessThanOrEqual(HOUR / 2);
      clock.advance(HOUR / 2);
    }
  });

  it('retries after a shrunk list only half an hour later', async () => {
    const { catalogue, clock, store } = setUp([lineup(2)]);
    store.data = { ...lineup(10), refreshedAt: 5 };
    await catalogue.start();
    await expect.poll(() => clock.next).toBe(HOUR / 2);
    expect(catalogue.snapshot().channels).toHaveLength(10);
  });

  it('spreads the refreshes of many installations', async () => {
    const { catalogue, clock } = setUp([lineup(2)], { random: () => 0, refreshInterval: HOUR });
    await catalogue.start();
    await expect.poll(() => clock.next).toBe(54 * MINUTE);
  });

  it('stops during loading and refreshing, and may be stopped twice', async () => {
    const { catalogue, clock, signals } = setUp([never]);
    await catalogue.start();
    await catalogue.start();
    await expect.poll(() => signals.length).toBe(1);
    await catalogue.stop();
    await catalogue.stop();
    expect(signals[0]?.aborted).toBe(true);
    expect(clock.next).toBeNull();
  });

  it('stops between two refreshes', async () => {
    const { catalogue, clock } = setUp([lineup(2)]);
    await catalogue.start();
    await expect.poll(() => clock.next).not.toBeNull();
    await catalogue.stop();
    expect(clock.next).toBeNull();
  });
});

describe('simultaneous refreshes', () => {
  it('share one request', async () => {
    const { catalogue, fetchLineup } = setUp([lineup(2)]);
    const results = await Promise.all([catalogue.refresh(), catalogue.refresh()]);
    expect(results[0]).toEqual(results[1]);
    expect(fetchLineup).toHaveBeenCalledTimes(1);
  });

  it('go on until the last caller aborts', async () => {
    const { catalogue, signals } = setUp([never]);
    const one = new AbortController();
    const two = new AbortController();
    const calls = [one, two].map(({ signal }) => catalogue.refresh({ signal }));
    const ends = Promise.allSettled(calls);
    await expect.poll(() => signals.length).toBe(1);
    one.abort(new Error('one'));
    await expect(calls[0]).rejects.toThrow('one');
    expect(signals[0]?.aborted).toBe(false);
    two.abort(new Error('two'));
    await ends;
    expect(signals[0]?.aborted).toBe(true);
  });

  it('make a request of their own if they are forced', async () => {
    const { catalogue, fetchLineup } = setUp([lineup(10), lineup(1)]);
    await catalogue.refresh();
    const [plain, forced, another] = await Promise.allSettled([
      catalogue.refresh(),
      catalogue.refresh({ force: true }),
      catalogue.refresh({ force: true }),
    ]);
    expect(plain.status).toBe('rejected');
    expect(forced).toMatchObject({ status: 'fulfilled', value: { after: 1 } });
    expect(another).toEqual(forced);
    expect(fetchLineup).toHaveBeenCalledTimes(3);
  });
});

describe('a provider that tells lists apart', () => {
  /** What the catalogue asks for: `all`, or a version that it knows. */
  let asked: string[];
  let version: string;
  let filter: ListFilter;
  let clock: FakeClock;
  let fresh: Catalogue;
  beforeEach(() => {
    [asked, version, filter, clock] = [[], 'one', keepAll, new FakeClock()];
    const list = (): Lineup => ({ ...lineup(version === 'one' ? 3 : 4), version });
    const provider = {
      lineup: async () => {
        asked.push('all');
        return list();
      },
      newLineup: async (known: string) => {
        asked.push(known);
        return known === version ? null : list();
      },
    };
    fresh = new Catalogue({
      accounts: [{ id: mainAccount, provider, store: new MemoryStore() }],
      ...{ clock, log: pino({ enabled: false }), filter: () => filter },
    });
    catalogue = fresh;
  });

  it('is not asked again for what is known, and the list counts as fresh', async () => {
    await fresh.refresh();
    const before = fresh.snapshot();
    clock.advance(60_000);
    expect(await fresh.refresh()).toMatchObject({ before: 3, after: 3 });
    expect(fresh.snapshot().channels).toBe(before.channels);
    expect(fresh.snapshot().refreshedAt).toBe(clock.now());
    version = 'two';
    expect(await fresh.refresh()).toMatchObject({ before: 3, after: 4 });
    expect(asked).toEqual(['all', 'one', 'one']);
  });

  it('is asked for all where somebody insists, or hides other categories', async () => {
    await fresh.refresh();
    await fresh.refresh({ force: true });
    filter = { ...keepAll, hiddenCategories: new Set(['1']) };
    await fresh.refresh();
    expect(fresh.snapshot().channels).toHaveLength(1);
    expect(asked).toEqual(['all', 'all', 'all']);
  });
});
