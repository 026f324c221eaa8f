import { describe, expect, it } from 'vitest';
import { mainAccount } from '../../src/domain/ids.ts';
import { clockOffset, toAccount, toCategory, toChannel, toProgrammes } from '../../src/xtream/mapper.ts';
import { loginAnswer, records } from '../../src/xtream/schema.ts';
import { mainId } from '../fakes/main-id.ts';

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

  it('converts a well-formed record', () => {
    expect(toChannel(full, mainAccount)).toEqual({
      id: mainId(101),
      number: 3,
      name: 'TF1 HD',
      categoryId: '7',
      logo: 'http://logos.example/tf1.png',
      epgId: 'TF1.fr',
      archiveDays: 0,
    });
  });

  it.each([
    ['numbers as strings', { stream_id: ' 101', num: '3' }, { id: mainId(101), number: 3 }],
    [
      'strings as numbers',
      { name: 6, epg_channel_id: 12, category_id: 7 },
      { name: '6', epgId: '12', archiveDays: 0, categoryId: '7' },
    ],
    [
      'null',
      { num: null, stream_icon: null, epg_channel_id: null },
      { number: null, logo: null, epgId: null, archiveDays: 0 },
    ],
    [
      'empty',
      { num: '', stream_icon: '', epg_channel_id: ' ' },
      { number: null, logo: null, epgId: null, archiveDays: 0 },
    ],
    [
      'wrong types',
      { num: {}, stream_icon: [], epg_channel_id: false },
      { number: null, logo: null, epgId: null, archiveDays: 0 },
    ],
    ['position 0', { num: 0 }, { number: null }],
    ['a padded, marked-up name', { name: '  <b>M6</b> &amp; W9 🇫🇷 ' }, { name: 'M6 & W9 🇫🇷' }],
    ['category_ids only', { category_id: null, category_ids: [null, 9] }, { categoryId: '9' }],
    ['category_ids that are no list', { category_id: undefined, category_ids: '9' }, { categoryId: null }],
    ['an archive', { tv_archive: '1', tv_archive_duration: '7' }, { archiveDays: 7 }],
    ['an archive as true', { tv_archive: true, tv_archive_duration: 3 }, { archiveDays: 3 }],
    ['an archive of unknown length', { tv_archive: 1, tv_archive_duration: '' }, { archiveDays: 1 }],
    ['an archive that is off', { tv_archive: 0, tv_archive_duration: '7' }, { archiveDays: 0 }],
    ['an archive of absurd length', { tv_archive: 1, tv_archive_duration: 9_999 }, { archiveDays: 31 }],
    ['a logo that is no address', { stream_icon: 'data:image/png;base64,AAAA' }, { logo: null }],
  ])('repairs %s', (_what, raw, repaired) => {
    expect(toChannel({ ...full, ...raw }, mainAccount)).toMatchObject(repaired);
  });

  it('requires only an id and a name', () => {
    expect(toChannel({ stream_id: 5, name: 'Arte' }, mainAccount)).toEqual({
      id: mainId(5),
      number: null,
      name: 'Arte',
      categoryId: null,
      logo: null,
      epgId: null,
      archiveDays: 0,
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
    expect(toChannel(raw, mainAccount)).toBeNull();
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
  ])('converts %j', (raw, category) => {
    expect(toCategory(raw)).toEqual(category);
  });
});

describe('toProgrammes', () => {
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
    const record = { title, description: base64('Les &amp; nouvelles'), ...times };
    expect(toProgrammes([record], offset)).toEqual([
      { title: 'Le journal', description: 'Les & nouvelles', start, stop: start + 60_000 },
    ]);
  });

  it.each<[string, object, object, number]>([
    ['numbers', { start_timestamp: start / 1000 }, { stop_timestamp: start / 1000 + 60 }, 0],
    ['milliseconds', { start_timestamp: start }, { stop_timestamp: start + 60_000 }, 0],
    ['milliseconds as strings', { start_timestamp: `${start}` }, { stop_timestamp: `${start + 60_000}` }, 0],
    ['seconds in the other field', { start: `${start / 1000}` }, { end: `${start / 1000 + 60}` }, 0],
    ['ISO', { start: '2026-01-02T19:00:00Z' }, { end: '2026-01-02T20:01:00+01:00' }, 3_600_000],
    ['a zone', { start: '2026-01-02 20:00:00 +0100' }, { end: '2026-01-02 20:01:00 +0100' }, 0],
    ['XMLTV’s form', { start: '20260102200000 +0100' }, { stop: '20260102200100 +0100' }, 0],
    ['days first', { start: '02/01/2026 20:00' }, { stop: '02/01/2026 20:01' }, 3_600_000],
    [
      'no minutes of the seconds',
      { start: '2026-01-02 19:00', start_timestamp: '' },
      { end: '2026-01-02 19:01' },
      0,
    ],
  ])('reads times in %s', (_, from, to, offset) => {
    expect(toProgrammes([{ title, ...from, ...to }], offset)).toMatchObject([
      { start, stop: start + 60_000 },
    ]);
  });

  it('ends a programme without an end at the next one, after three hours at most', () => {
    const seconds = start / 1000;
    const hour = 3_600;
    const listing = [
      { title: 'Last', start_timestamp: seconds + 20 * hour, stop_timestamp: 0 },
      { title: 'Third', start_timestamp: seconds + 2 * hour },
      { title: 'Second', start_timestamp: seconds + hour, end: '' },
      { title: 'First', start_timestamp: seconds, stop_timestamp: seconds - 60 },
    ];
    expect(toProgrammes(listing, 0).map(({ title: name, stop }) => [name, stop / 1000 - seconds])).toEqual([
      ['First', hour],
      ['Second', 2 * hour],
      ['Third', 5 * hour],
      ['Last', 23 * hour],
    ]);
  });

  it('decodes all texts of an answer from base64, or none', () => {
    const packed = (text: string) => Buffer.from(text, 'latin1').toString('base64');
    const times = { start_timestamp: start / 1000 };
    const titles = (records: readonly object[]) =>
      toProgrammes(records, 0).map(({ title: name, description }) => [name, description]);
    // Without padding, only the other texts show that this is base64.
    expect(packed('Météo.')).not.toContain('=');
    expect(
      titles([
        { ...times, title: packed('Météo.'), description: packed('La météo de demain') },
        { ...times, title: packed('Été'), description: '' },
      ]),
    ).toEqual([
      ['Météo.', 'La météo de demain'],
      ['Été', ''],
    ]);
    expect(titles([{ ...times, title: 'News', description: 'Des nouvelles' }])).toEqual([
      ['News', 'Des nouvelles'],
    ]);
    expect(titles([{ ...times, title: 'News', description: '' }])).toEqual([['News', '']]);
  });

  it.each([
    { title },
    { title, start: 'tomorrow', end: 'later' },
    { title, stop_timestamp: 100 },
    { title: '', start_timestamp: 100, stop_timestamp: 200 },
  ])('drops %j', (raw) => {
    expect(toProgrammes([raw], 0)).toEqual([]);
  });
});

describe('toAccount', () => {
  const account = (user: object) => toAccount(loginAnswer.parse({ user_info: user }));

  it('converts a well-formed account', () => {
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
      {
        status: 'Active',
        expiresAt: null,
        maxConnections: null,
        activeConnections: 0,
        outputFormats: ['ts'],
      },
    ],
    [
      { exp_date: null, max_connections: null },
      { expiresAt: null, maxConnections: null },
    ],
    [
      { exp_date: '0', max_connections: '0' },
      { expiresAt: null, maxConnections: null },
    ],
    [
      { exp_date: 'Unlimited', max_connections: 3 },
      { expiresAt: null, maxConnections: 3 },
    ],
    [{ exp_date: 1_800_000_000_000 }, { expiresAt: 1_800_000_000_000 }],
    [{ exp_date: '1800000000000' }, { expiresAt: 1_800_000_000_000 }],
    [{ exp_date: '2027-01-15T08:00:00Z' }, { expiresAt: 1_800_000_000_000 }],
    [{ exp_date: '2027-01-15 08:00:00' }, { expiresAt: 1_800_000_000_000 }],
    [{ exp_date: '15/01/2027' }, { expiresAt: Date.UTC(2027, 0, 15) }],
    [{ allowed_output_formats: ['m3u8'] }, { outputFormats: ['m3u8'] }],
    [{ allowed_output_formats: 'm3u8,ts' }, { outputFormats: ['m3u8', 'ts'] }],
    [{ allowed_output_formats: [] }, { outputFormats: ['ts'] }],
  ])('repairs %j', (user, repaired) => {
    expect(account(user)).toMatchObject(repaired);
  });
});

describe('clockOffset', () => {
  const offset = (server_info: unknown) => clockOffset(loginAnswer.parse({ user_info: {}, server_info }));

  it('returns the panel’s offset from UTC', () => {
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
  ])('returns the records of %j', (answer, list) => {
    expect(records(answer)).toEqual(list);
  });
});
