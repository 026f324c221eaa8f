import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { EventNames } from '../../src/store/event-names.ts';
import { Follows } from '../../src/store/follows.ts';

let database: ReturnType<typeof openDatabase>;
beforeEach(() => {
  database = openDatabase(':memory:');
});

describe('what places follow', () => {
  it('is theirs, follows a chat that moves, and ends with it', () => {
    const follows = new Follows(database);
    follows.add({ place: 'telegram:-5', language: 'fr', words: 'ufc' }, 2);
    follows.add({ place: 'telegram:-5', language: 'en', words: 'boxing' }, 1);
    follows.add({ place: 'discord:7', language: 'en', words: 'ufc' }, 3);
    expect(follows.of('telegram:-5')).toEqual(['boxing', 'ufc']);
    follows.add({ place: 'telegram:-5', language: 'en', words: 'ufc' }, 9);
    follows.move('telegram:-5', 'telegram:-1005');
    expect(new Follows(database).all()).toEqual([
      { place: 'telegram:-1005', language: 'en', words: 'boxing' },
      { place: 'telegram:-1005', language: 'en', words: 'ufc' },
      { place: 'discord:7', language: 'en', words: 'ufc' },
    ]);
    follows.remove('telegram:-1005', 'ufc');
    follows.forget('discord:7');
    expect(follows.all().map(({ words }) => words)).toEqual(['boxing']);
  });
});

describe('the names of events', () => {
  const DAY = 24 * 3_600_000;
  const event = (name: string, series = 'ppv') => ({ series, name });
  const take = (names: readonly string[], now = DAY, series = 'ppv') =>
    new EventNames(database)
      .take(
        names.map((name) => event(name, series)),
        [series],
        now,
      )
      .map(({ name }) => name);

  it('are new once, but not in a series that was not known', () => {
    expect(take(['fury usyk'])).toEqual([]);
    expect(take(['fury usyk', 'ufc 300', 'ufc 300'])).toEqual(['ufc 300']);
    expect(take([])).toEqual([]);
    expect(take(['ufc 300', 'fury usyk'])).toEqual([]);
    expect(take(['golf'], DAY, 'other')).toEqual([]);
    expect(take(['ufc 300', 'golf'], DAY, 'other')).toEqual([]);
  });

  it('are new again when nothing has had them for a month', () => {
    take(['super bowl']);
    for (const day of [20, 40]) take(['super bowl'], day * DAY);
    expect(take(['super bowl'], 60 * DAY)).toEqual([]);
    take([], 95 * DAY);
    expect(take(['super bowl'], 96 * DAY)).toEqual(['super bowl']);
  });
});
