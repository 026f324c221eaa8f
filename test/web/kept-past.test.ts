import { describe, expect, it } from 'vitest';
import { momentOfQuery, withMoment, withoutMoment } from '../../src/web/watch/asked-moment.ts';
import { type KeptPast, nameOf, programmeAt, startFrom, stretches } from '../../src/web/watch/kept-past.ts';

const T = 1_795_520_000_000;
const shown = (start: number, stop: number, title: string | null) => ({
  ...{ start: T + start * 1000, stop: T + stop * 1000, title, channelId: 1, channelLabel: 'TF1' },
});
/** 100 seconds: a programme that began before, nothing, and two programmes up to live. */
const past: KeptPast = {
  from: T,
  to: T + 100_000,
  programmes: [shown(0, 20, 'Journal'), shown(40, 60, null), shown(60, 100, 'Film')],
};

describe('stretches', () => {
  it('cover the whole timeline, with nothing where nothing was', () => {
    const found = stretches(past, T + 100_000);
    expect(found.map(({ from, to, programme }) => [from, to, programme && nameOf(programme)])).toEqual([
      [0, 0.2, 'Journal · TF1'],
      [0.2, 0.4, null],
      [0.4, 0.6, 'TF1'],
      [0.6, 1, 'Film · TF1'],
    ]);
  });

  it('go on with what is on live until the next look', () => {
    expect(stretches(past, T + 200_000).at(-1)).toMatchObject({
      from: 0.3,
      to: 1,
      programme: { title: 'Film' },
    });
    const stopped = { ...past, programmes: past.programmes.slice(0, 1) };
    expect(stretches(stopped, T + 200_000).at(-1)).toEqual({ from: 0.1, to: 1, programme: null });
  });

  it('are none where nothing is kept', () => {
    expect(stretches({ ...past, from: null }, T)).toEqual([]);
  });
});

describe('programmeAt', () => {
  it.each([
    [0, 'Journal'],
    [19, 'Journal'],
    [20, undefined],
    [-5, undefined],
    [50, null],
    [60, 'Film'],
    // until the next look
    [130, 'Film'],
  ])('at second %d', (second, title) => {
    expect(programmeAt(past, T + second * 1000)?.title).toBe(title);
  });
});

describe('startFrom', () => {
  it.each([
    [90, 60],
    // from the very start, to the one before
    [62, 40],
    [15, 0],
    [2, 0],
    [30, 0],
  ])('from second %d to %d', (second, start) => {
    expect((startFrom(past, T + second * 1000) - T) / 1000).toBe(start);
  });
});

describe('the moment in an address', () => {
  it.each([
    ['?at=1795520300', 1_795_520_300_000],
    ['?tv&at=0', 0],
    ['', null],
    ['?at=', null],
    ['?at=-1', null],
    ['?at=tomorrow', null],
    ['?at=99999999999999', null],
  ])('%j is %s', (query, moment) => {
    expect(momentOfQuery(query)).toBe(moment);
  });

  it('comes and goes without touching the rest', () => {
    const address = withMoment('https://tv.example/watch/sport?key=a%2Bb', T + 1_999);
    expect(address).toBe('https://tv.example/watch/sport?key=a%2Bb&at=1795520001');
    expect(withoutMoment(address)).toBe('https://tv.example/watch/sport?key=a%2Bb');
  });
});
