import { describe, expect, it } from 'vitest';
import { clockOffset, toAccount, toCategory, toChannel, toProgramme } from '../../src/xtream/mapper.ts';
import { loginAnswer, records } from '../../src/xtream/schema.ts';

describe('toChannel', () => {
  const full = {
    num: 3,
    name: 'TF1 HD',
    stream_type: 'live',
    stream_id: 101,
    stream_icon: 'http://logos.example/tf1.png',
    epg_channel_id: 'TF1.fr',
    category_id: '7',
    category_ids: [7],
  };

  it('takes a record by the book', () => {
    expect(toChannel(full)).toEqual({
      id: 101,
      number: 3,
      name: 'TF1 HD',
      categoryId: '7',
      logo: 'http://logos.example/tf1.png',
      epgId: 'TF1.fr',
    });
  });

  it.each([
    ['numbers as strings', { stream_id: ' 101', num: '3' }, { id: 101, number: 3 }],
    [
      'strings as numbers',
      { name: 6, epg_channel_id: 12, category_id: 7 },
      { name: '6', epgId: '12', categoryId: '7' },
    ],
    [
      'null',
      { num: null, stream_icon: null, epg_channel_id: null },
      { number: null, logo: null, epgId: null },
    ],
    ['empty', { num: '', stream_icon: '', epg_channel_id: ' ' }, { number: null, logo: null, epgId: null }],
    [
      'wrong types',
      { num: {}, stream_icon: [], epg_channel_id: false },
      { number: null, logo: null, epgId: null },
    ],
    ['position 0', { num: 0 }, { number: null }],
    ['a padded, marked-up name', { name: '  <b>M6</b> &amp; W9 🇫🇷 ' }, { name: 'M6 & W9 🇫🇷' }],
    ['category_ids only', { category_id: null, category_ids: [null, 9] }, { categoryId: '9' }],
    ['category_ids that are no list', { category_id: undefined, category_ids: '9' }, { categoryId: null }],
    ['a logo that is no address', { stream_icon: 'data:image/png;base64,AAAA' }, { logo: null }],
  ])('repairs %s', (_what, raw, repaired) => {
    expect(toChannel({ ...full, ...raw })).toMatchObject(repaired);
  });

  it('needs nothing but an id and a name', () => {
    expect(toChannel({ stream_id: 5, name: 'Arte' })).toEqual({
      id: 5,
      number: null,
      name: 'Arte',
      categoryId: null,
      logo: null,
      epgId: null,
    });
  });

  it.each([
    null,
    'x',
    [],
    {},
    { stream_id: 5 },
    { stream_id: 5, name: ' <i></i> ' },
    { stream_id: 'abc', name: 'A' },
    { stream_id: -1, name: 'A' },
  ])('drops %j', (raw) => {
    expect(toChannel(raw)).toBeNull();
  });
});

describe('toCategory', () => {
  it.each([
    [
      { category_id: 7, category_name: ' FR | G&eacute;n&eacute;ral ' },
      { id: '7', name: 'FR | Général' },
    ],
    [
      { category_id: '7', category_name: 'x' },
      { id: '7', name: 'x' },
    ],
    [{ category_id: '', category_name: 'x' }, null],
    [{ category_id: '7', category_name: null }, null],
  ])('%j', (raw, category) => {
    expect(toCategory(raw)).toEqual(category);
  });
});

describe('toProgramme', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const title = base64('Le journal');
  const start = Date.UTC(2026, 0, 2, 19, 0, 0);

  it.each([
    [
      'seconds as strings',
      { start_timestamp: String(start / 1000), stop_timestamp: String(start / 1000 + 60) },
      0,
    ],
    ['local times', { start: '2026-01-02 20:00:00', end: '2026-01-02 20:01:00' }, 3_600_000],
    [
      'local times with stop',
      { start: '2026-01-02 19:00:00', stop: '2026-01-02 19:01:00', start_timestamp: '0' },
      0,
    ],
  ])('reads %s', (_what, times, offset) => {
    expect(toProgramme({ title, description: base64('Les &amp; nouvelles'), ...times }, offset)).toEqual({
      title: 'Le journal',
      description: 'Les & nouvelles',
      start,
      stop: start + 60_000,
    });
  });

  it.each([
    { title },
    { title, start_timestamp: 100, stop_timestamp: 100 },
    { title, start: 'tomorrow', end: 'later' },
    { title: '', start_timestamp: 100, stop_timestamp: 200 },
  ])('drops %j', (raw) => {
    expect(toProgramme(raw, 0)).toBeNull();
  });
});

describe('toAccount', () => {
  const account = (user: object) => toAccount(loginAnswer.parse({ user_info: user }));

  it('reads an account by the book', () => {
    const user = {
      auth: 1,
      status: 'Active',
      exp_date: '1800000000',
      active_cons: '1',
      max_connections: '2',
    };
    expect(account({ ...user, allowed_output_formats: ['m3u8', 'ts', 'rtmp'] })).toEqual({
      status: 'Active',
      expiresAt: 1_800_000_000_000,
      maxConnections: 2,
      activeConnections: 1,
      outputFormats: ['m3u8', 'ts'],
    });
  });

  it.each([
    [
      {},
      { status: 'Active', expiresAt: null, maxConnections: 1, activeConnections: 0, outputFormats: ['ts'] },
    ],
    [
      { exp_date: null, max_connections: null },
      { expiresAt: null, maxConnections: 1 },
    ],
    [
      { exp_date: '0', max_connections: '0' },
      { expiresAt: null, maxConnections: 1 },
    ],
    [
      { exp_date: 'Unlimited', max_connections: 3 },
      { expiresAt: null, maxConnections: 3 },
    ],
    [{ allowed_output_formats: ['m3u8'] }, { outputFormats: ['m3u8'] }],
    [{ allowed_output_formats: 'm3u8,ts' }, { outputFormats: ['m3u8', 'ts'] }],
    [{ allowed_output_formats: [] }, { outputFormats: ['ts'] }],
  ])('repairs %j', (user, repaired) => {
    expect(account(user)).toMatchObject(repaired);
  });
});

describe('clockOffset', () => {
  const offset = (server_info: unknown) => clockOffset(loginAnswer.parse({ user_info: {}, server_info }));

  it('gives how far the local time of the panel is ahead', () => {
    const timestamp_now = Date.UTC(2026, 5, 1, 12, 0, 0) / 1000;
    expect(offset({ timestamp_now, time_now: '2026-06-01 14:00:02' })).toBe(2 * 3_600_000);
    expect(offset({ timestamp_now: String(timestamp_now), time_now: '2026-06-01 06:30:00' })).toBe(
      -5.5 * 3_600_000,
    );
  });

  it.each([undefined, null, {}, { timestamp_now: 5 }, { timestamp_now: 5, time_now: 'noon' }])(
    'is 0 for %j',
    (info) => {
      expect(offset(info)).toBe(0);
    },
  );
});

describe('records', () => {
  it.each([
    [
      [1, 2],
      [1, 2],
    ],
    [{ 0: 'a', 2: 'b' }, ['a', 'b']],
    [{}, []],
    [null, []],
    [false, []],
    ['', []],
    [{ user_info: {} }, null],
    ['error', null],
    [7, null],
  ])('%j', (answer, list) => {
    expect(records(answer)).toEqual(list);
  });
});
