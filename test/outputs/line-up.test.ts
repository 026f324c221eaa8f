import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LineUpEntry } from '../../src/outputs/line-up.ts';
import { mainId } from '../fakes/main-id.ts';
import { type ListedChannel, OfferedWorld } from '../fakes/offered-world.ts';

let world: OfferedWorld;
beforeEach(() => {
  world = new OfferedWorld();
});
afterEach(() => world.stop());

const some: readonly ListedChannel[] = [
  { id: 1, name: '##### FRANCE #####', category: '5' },
  { id: 11, name: 'FR| TF1 HD', category: '5', number: 2, logo: 'http://logos.example/tf1.png' },
  { id: 12, name: 'FR| TF1 FHD', category: '5', number: 3 },
  { id: 21, name: 'FR| Arte SD', category: '5', number: 1 },
  { id: 31, name: 'FR| RTL', category: '7', number: 9 },
  { id: 32, name: 'DE| RTL', number: 1 },
];

const names = () => world.lineUp.entries().map(({ name }) => name);
const entry = (name: string): LineUpEntry => {
  const found = world.lineUp.entries().find((each) => each.name === name);
  if (!found) throw new Error(`${name} is not offered`);
  return found;
};

describe('the line-up', () => {
  it('has the shared screen alone, unless more is offered', async () => {
    await world.list(some);
    const live = {
      ...{
        number: 1,
        shownNumber: 1,
        id: 'live',
        name: 'Zapette live',
        group: 'Zapette',
        logo: '/logo.png',
        isHd: true,
      },
      target: { kind: 'screen', screen: 'live' },
    };
    expect(world.lineUp.entries()).toEqual([live]);
    expect(world.lineUp.openScreens).toEqual([live]);
    expect(world.lineUp.byNumber(1)).toEqual(live);
    expect(world.lineUp.byNumber(100)).toBeNull();
    expect(world.keys.highest()).toBeNull();
  });

  it('has each channel once, by category and number, with its best variant and the name people say', async () => {
    world.offered = { kind: 'all' };
    await world.list(some);
    expect(names()).toEqual(['Zapette live', 'RTL (FR)', 'Arte', 'TF1', 'RTL (DE)']);
    const tf1 = entry('TF1');
    expect(tf1).toEqual({
      number: tf1.number,
      shownNumber: tf1.number,
      id: `c${tf1.number}`,
      ...{ name: 'TF1', group: 'FR| Général', logo: `/logo/${tf1.number}`, isHd: true },
      target: { kind: 'channel', channelId: mainId(12), name: 'FR| TF1 FHD' },
    });
    expect(tf1.number).toBeGreaterThanOrEqual(100);
    expect(entry('Arte')).toMatchObject({ isHd: false, logo: '/logo.png' });
    expect(entry('RTL (DE)').group).toBe('TV');
    expect(world.lineUp.byNumber(tf1.number)).toEqual(tf1);
    const numbers = world.lineUp.entries().map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('has the past of the best variant that has one, and follows it', async () => {
    world.offered = { kind: 'all' };
    const [fhd, hd, sd] = [
      { id: 12, name: 'FR| TF1 FHD' },
      { id: 11, name: 'FR| TF1 HD', archiveDays: 7 },
      { id: 10, name: 'FR| TF1 SD', archiveDays: 3 },
    ] as const;
    await world.list([fhd, hd, sd]);
    expect(entry('TF1')).toMatchObject({
      target: { channelId: mainId(12) },
      archive: { channelId: mainId(11), name: 'FR| TF1 HD', days: 7 },
    });
    await world.list([fhd, { ...hd, archiveDays: 0 }, sd]);
    expect(entry('TF1').archive).toMatchObject({ channelId: mainId(10), days: 3 });
    await world.list([fhd, { ...hd, archiveDays: 0 }]);
    expect(entry('TF1').archive).toBeUndefined();
  });

  it.each([
    [['7'], ['RTL (FR)']],
    [['fr général'], ['Arte', 'TF1']],
    [
      ['FR| Infos', '5'],
      ['RTL (FR)', 'Arte', 'TF1'],
    ],
    [['sport'], []],
  ])('has the categories %j', async (categories, expected) => {
    world.offered = { kind: 'categories', categories };
    await world.list(some);
    expect(names()).toEqual(['Zapette live', ...expected]);
  });

  it('tells of changes of what is offered, but not of the first list after a start', async () => {
    let changes = 0;
    world.offered = { kind: 'all' };
    const end = world.lineUp.onChange(() => changes++);
    await world.list(some);
    await world.list(some);
    expect(changes).toBe(0);
    await world.list([...some, { id: 41, name: 'FR| Gulli' }]);
    expect(changes).toBe(1);
    end();
    await world.list(some);
    expect(changes).toBe(1);
  });

  it('has everybody’s favourites, and follows them', async () => {
    world.offered = { kind: 'favourites' };
    await world.list(some);
    expect(names()).toEqual(['Zapette live']);
    world.favourites.add('discord:1', { channelId: mainId(11), channelName: 'FR| TF1 HD' }, 1);
    world.favourites.add('discord:2', { channelId: mainId(12), channelName: 'FR| TF1 FHD' }, 2);
    world.favourites.add('discord:2', { channelId: mainId(21), channelName: 'FR| Arte SD' }, 3);
    await world.lineUp.settled();
    expect(names()).toEqual(['Zapette live', 'Arte', 'TF1']);
    world.favourites.remove('discord:2', mainId(21));
    await world.lineUp.settled();
    expect(names()).toEqual(['Zapette live', 'TF1']);
  });

  it('follows the setting', async () => {
    await world.list(some);
    world.offered = { kind: 'categories', categories: ['7'] };
    await world.lineUp.settled();
    expect(names()).toEqual(['Zapette live', 'RTL (FR)']);
    world.offered = { kind: 'none' };
    await world.lineUp.settled();
    expect(names()).toEqual(['Zapette live']);
  });

  it('shows the number that somebody has chosen, and keeps all addresses', async () => {
    world.offered = { kind: 'all' };
    await world.list(some);
    const [tf1, arte] = [entry('TF1'), entry('Arte')];
    const choose = async (number: number | null) => {
      world.choices.put([
        {
          ...{ channelId: mainId(11), channelName: 'FR| TF1 HD', isAlone: false },
          choice: { called: null, number, isHidden: false },
        },
      ]);
      await world.catalogue.choose();
      await world.lineUp.settled();
    };
    await choose(arte.number);
    expect(entry('TF1')).toEqual({ ...tf1, shownNumber: arte.number });
    expect(world.lineUp.byNumber(arte.number)?.name).toBe('Arte');
    expect(world.lineUp.byShownNumber(arte.number)?.name).toBe('TF1');
    const shown = world.lineUp.entries().map(({ shownNumber }) => shownNumber);
    expect(new Set(shown).size).toBe(shown.length);
    const displaced = entry('Arte');
    expect(displaced).toMatchObject({ number: arte.number, id: arte.id });
    await world.list(some.slice(1));
    expect(entry('Arte')).toEqual(displaced);
    await choose(null);
    expect([entry('TF1'), entry('Arte')]).toEqual([tf1, arte]);
  });

  it('keeps a channel’s number when it has a better variant, and when it comes back', async () => {
    world.offered = { kind: 'all' };
    await world.list([
      { id: 11, name: 'FR| TF1 SD' },
      { id: 21, name: 'FR| Arte' },
    ]);
    const { number } = entry('TF1');
    await world.list([
      { id: 10, name: 'FR| TF1 FHD' },
      { id: 11, name: 'FR| TF1 SD' },
    ]);
    expect(entry('TF1')).toMatchObject({ number, target: { channelId: mainId(10) } });
    await world.list([{ id: 21, name: 'FR| Arte' }]);
    expect(world.lineUp.byNumber(number)).toBeNull();
    await world.list([
      { id: 21, name: 'FR| Arte' },
      { id: 11, name: 'FR| TF1 SD' },
    ]);
    expect(entry('TF1').number).toBe(number);
  });

  it('gives no channel another one’s number when the provider swaps its ids', async () => {
    world.offered = { kind: 'all' };
    await world.list([
      { id: 11, name: 'FR| TF1' },
      { id: 21, name: 'FR| Arte' },
    ]);
    const before = [entry('TF1').number, entry('Arte').number];
    await world.list([
      { id: 21, name: 'FR| TF1' },
      { id: 11, name: 'FR| Arte' },
      { id: 12, name: 'FR| M6' },
    ]);
    expect([entry('TF1').number, entry('Arte').number]).toEqual(before);
    expect(entry('TF1').target).toMatchObject({ channelId: mainId(21) });
    expect(before).not.toContain(entry('M6').number);
  });

  it('tells when it changed, and only then', async () => {
    world.offered = { kind: 'all' };
    await world.list(some);
    const { changedAt } = world.lineUp;
    world.clock.skip(5_000);
    await world.list([...some]);
    expect(world.lineUp.changedAt).toBe(changedAt);
    await world.list(some.slice(0, -1));
    expect(world.lineUp.changedAt).toBe(changedAt + 5_000);
  });

  it('waits ten seconds for the first list, so that no player forgets its channels', async () => {
    world.offered = { kind: 'all' };
    let isSettled = false;
    const settled = world.lineUp.settled().then(() => {
      isSettled = true;
    });
    await world.clock.advance(9_000);
    expect(isSettled).toBe(false);
    await world.clock.advance(1_000);
    await settled;
    expect(names()).toEqual(['Zapette live']);
  });

  it('mints the keys of a long list bit by bit', async () => {
    world.offered = { kind: 'all' };
    const letters = (at: number) => String(at).replace(/\d/g, (digit) => 'bcdfghjklm'[Number(digit)] ?? '');
    const channels = Array.from({ length: 1_200 }, (_, at) => ({
      id: at + 1,
      name: `FR| Kanal ${letters(at)}`,
    }));
    const minted: number[] = [];
    const keysOf = world.keys.keysOf.bind(world.keys);
    world.keys.keysOf = (some) => {
      minted.push(some.length);
      return keysOf(some);
    };
    await world.list(channels);
    expect(world.lineUp.entries().length).toBe(minted.reduce((sum, each) => sum + each, 1));
    expect(minted.length).toBeGreaterThan(1);
    expect(Math.max(...minted)).toBeLessThanOrEqual(500);
  });
});
