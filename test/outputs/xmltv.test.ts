import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { parseXmltv } from '@iptv/xmltv';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Language } from '../../src/domain/actor.ts';
import type { Programme } from '../../src/domain/channel.ts';
import { type ChannelId, liveScreen } from '../../src/domain/ids.ts';
import type { LineUpEntry } from '../../src/outputs/line-up.ts';
import type { ShownChannel } from '../../src/outputs/screen-programmes.ts';
import { xmltvOutput } from '../../src/outputs/xmltv.ts';
import { XmltvAnswer } from '../../src/outputs/xmltv-answer.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { readXmltv, textsOf } from '../fakes/read-xmltv.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 29, 20, 10);
const CLIENT = '/t/abcDEF123';

const live: LineUpEntry = {
  number: 1,
  shownNumber: 1,
  id: 'live',
  name: 'Zapette live',
  group: 'Zapette',
  logo: '/logo.png',
  isHd: true,
  target: { kind: 'screen', screen: liveScreen },
};
const channel = (number: number, name: string): LineUpEntry => ({
  number,
  shownNumber: number,
  id: `c${number}`,
  name,
  group: 'France',
  logo: `/logo/${number}`,
  isHd: true,
  target: { kind: 'channel', channelId: mainId(number), name },
});

let clock: FakeClock;
let programmes: Map<ChannelId, Programme[]>;
let asked: ChannelId[];
let guide: ConstructorParameters<typeof XmltvAnswer>[0]['guide'] & { changedAt: number };
let shown: ShownChannel[];
let entries: readonly LineUpEntry[];
let lineUpChangedAt: number;
let language: Language;
let viewers: string[];
let app: FastifyInstance;
beforeEach(() => {
  clock = new FakeClock({ epoch: NOW });
  programmes = new Map([
    [mainId(100), [show('Journal', -10, 20), show('Film', 20, 140)]],
    [mainId(101), []],
  ]);
  asked = [];
  guide = {
    changedAt: NOW,
    isAtHand: () => true,
    upcoming: async () => [],
    *atHand(id, from, to) {
      asked.push(id);
      for (const programme of programmes.get(id) ?? [])
        if (programme.start < to && programme.stop > from) yield programme;
    },
  };
  shown = [
    { channelId: mainId(100), channelName: 'TF1', startedAt: NOW - 5 * MINUTE, endedAt: null, past: null },
  ];
  entries = [live, channel(100, 'TF1'), channel(101, 'Arte & Co')];
  language = 'en';
  viewers = [];
  app = Fastify();
  lineUpChangedAt = NOW;
  const answer = new XmltvAnswer({
    guide,
    history: { latest: () => shown },
    language: () => language,
    clock,
    logger: silentLogger,
  });
  const settled = async () => {};
  const byNumber = () => null;
  app.register(
    xmltvOutput({
      answer,
      channels: { entries: () => [live], byNumber, byShownNumber: byNumber, settled, changedAt: NOW },
      baseUrl: ({ host }) => `http://${host}`,
      checkViewer: ({ url }) => void viewers.push(url),
    }),
  );
  app.register(
    xmltvOutput({
      answer,
      channels: {
        entries: () => entries,
        byNumber,
        byShownNumber: byNumber,
        settled,
        get changedAt() {
          return lineUpChangedAt;
        },
      },
      baseUrl: ({ host }) => `http://${host}${CLIENT}`,
      checkViewer: () => {},
    }),
    { prefix: CLIENT },
  );
});
afterEach(() => app.close());

function show(title: string, start: number, stop: number): Programme {
  return { title, description: '', start: NOW + start * MINUTE, stop: NOW + stop * MINUTE };
}

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const read = async (url: string) => readXmltv((await get(url)).body);
const titlesOf = async (url: string, id: string) =>
  (await read(url)).programmes.filter(({ channel: of }) => of === id).map(({ title }) => title);

describe('/epg.xml', () => {
  it('has the screens alone, with what was and is on', async () => {
    const { channels, programmes: all } = await read('/epg.xml');
    expect(channels.map(({ attributes }) => attributes.id)).toEqual(['live']);
    const titles = all.map(({ title }) => title);
    expect(new Set(titles)).toEqual(new Set(['Live: chosen in chat', 'TF1: Journal']));
    expect(all.find(({ title }) => title === 'TF1: Journal')).toMatchObject({
      start: NOW - 5 * MINUTE,
      stop: NOW + 20 * MINUTE,
    });
    expect(viewers).toEqual(['/epg.xml']);
  });

  it('is worded in the language of the installation', async () => {
    language = 'fr';
    expect(new Set(await titlesOf('/epg.xml', 'live'))).toEqual(
      new Set(['Direct\u00a0: choisi dans le chat', 'TF1\u00a0: Journal']),
    );
  });

  it.each(['/epg.xml', `${CLIENT}/epg.xml`])(
    '%s tells from five hours ago to seven days ahead',
    async (url) => {
      const { channels, programmes: all } = await read(url);
      for (const { attributes } of channels) {
        let until = NOW - 5 * HOUR;
        for (const { start, stop } of all.filter(({ channel: of }) => of === attributes.id)) {
          expect(start).toBeLessThanOrEqual(until);
          expect(stop).toBeGreaterThan(start);
          until = stop;
        }
        expect(until).toBeGreaterThan(NOW + 7 * 24 * HOUR - HOUR);
      }
    },
  );

  it.each([
    [1, 24 * HOUR],
    [30, 7 * 24 * HOUR],
  ])('tells as much of the past as a channel’s archive of %i days, a week at most', async (days, past) => {
    const { headers } = await get(`${CLIENT}/epg.xml`);
    entries = entries.map((entry) =>
      entry.number === 100 ? { ...entry, archive: { channelId: mainId(100), name: 'TF1', days } } : entry,
    );
    const again = await get(`${CLIENT}/epg.xml`, { 'if-none-match': String(headers.etag) });
    const { programmes: all } = readXmltv(again.body);
    const firstOf = (id: string) =>
      Math.min(...all.filter((each) => each.channel === id).map((each) => each.start));
    const hour = Math.floor(NOW / HOUR) * HOUR;
    expect(['c100', 'c101'].map(firstOf)).toEqual([hour - past, hour - 5 * HOUR]);
  });

  it('is read by a library for players', async () => {
    const { channels = [], programmes: all = [] } = parseXmltv((await get(`${CLIENT}/epg.xml`)).body);
    expect(channels.map(({ id }) => id)).toEqual(['live', 'c100', 'c101']);
    expect(all).toContainEqual({
      channel: 'c100',
      start: new Date(NOW - 10 * MINUTE),
      stop: new Date(NOW + 20 * MINUTE),
      title: [{ _value: 'Journal' }],
    });
  });
});

describe('a client’s /epg.xml', () => {
  it('has the whole line-up, with names for blocks where nothing is known', async () => {
    const { channels } = await read(`${CLIENT}/epg.xml`);
    expect(channels.map((each) => textsOf(each, 'display-name'))).toEqual([
      ['1 Zapette live', '1', 'Zapette live'],
      ['100 TF1', '100', 'TF1'],
      ['101 Arte & Co', '101', 'Arte & Co'],
    ]);
    expect(new Set(await titlesOf(`${CLIENT}/epg.xml`, 'c101'))).toEqual(new Set(['Arte & Co']));
    expect((await titlesOf(`${CLIENT}/epg.xml`, 'c100')).slice(2, 6)).toEqual([
      'TF1',
      'Journal',
      'Film',
      'TF1',
    ]);
  });

  it('has addresses with the asker’s own host, and the token', async () => {
    for (const host of ['tv.example', '192.168.1.10:8002']) {
      const { body } = await get(`${CLIENT}/epg.xml`, { host });
      expect(body).toContain(`<icon src="http://${host}${CLIENT}/logo/100"/>`);
      expect(body).toContain(`<icon src="http://${host}${CLIENT}/logo.png"/>`);
    }
  });
});

describe('the packing', () => {
  it('is done where it is asked for', async () => {
    const bare = await get('/epg.xml');
    expect(bare.headers['content-encoding']).toBeUndefined();
    expect(bare.headers['content-type']).toBe('application/xml; charset=utf-8');
    const packed = await get('/epg.xml', { 'accept-encoding': 'gzip, deflate, br' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(gunzipSync(packed.rawPayload).toString()).toBe(bare.body);
    for (const no of ['identity', 'br', 'gzip;q=0', '']) {
      expect((await get('/epg.xml', { 'accept-encoding': no })).body).toBe(bare.body);
    }
  });

  it.each(['', CLIENT])('is that of a file at %s/epg.xml.gz, whatever is asked for', async (prefix) => {
    const bare = await get(`${prefix}/epg.xml`);
    for (const accepted of ['gzip', 'identity']) {
      const file = await get(`${prefix}/epg.xml.gz`, { 'accept-encoding': accepted });
      expect(file.headers['content-type']).toBe('application/gzip');
      expect(file.headers['content-encoding']).toBeUndefined();
      expect(gunzipSync(file.rawPayload).toString()).toBe(bare.body);
    }
  });
});

describe('a player that has the guide', () => {
  const again = async (headers: Record<string, string>, url = `${CLIENT}/epg.xml`) =>
    (await get(url, headers)).statusCode;

  it('is told that it is the same', async () => {
    const { headers } = await get(`${CLIENT}/epg.xml`);
    clock.skip(20 * MINUTE - 1);
    expect(await again({ 'if-none-match': String(headers.etag) })).toBe(304);
    expect(await again({ 'if-modified-since': String(headers['last-modified']) })).toBe(304);
    expect(await again({ 'if-none-match': String(headers.etag) }, '/epg.xml')).toBe(200);
  });

  it.each<[string, () => void]>([
    [
      'another channel is on',
      () => {
        const [former] = shown;
        const now = clock.now();
        if (former)
          shown = [
            { ...former, channelName: 'M6', startedAt: now },
            { ...former, endedAt: now },
          ];
      },
    ],
    ['the next programme begins', () => clock.skip(20 * MINUTE)],
    ['an hour is over', () => clock.skip(HOUR)],
    [
      'there is a new guide',
      () => {
        guide.changedAt += 1;
      },
    ],
    [
      'the line-up is another one',
      () => {
        entries = entries.slice(0, 2);
        lineUpChangedAt = clock.now();
      },
    ],
    [
      'the language is another one',
      () => {
        language = 'fr';
      },
    ],
  ])('gets it anew once %s', async (_, change) => {
    const { headers } = await get(`${CLIENT}/epg.xml`);
    clock.skip(2 * MINUTE);
    change();
    expect(await again({ 'if-none-match': String(headers.etag) })).toBe(200);
    expect(await again({ 'if-modified-since': String(headers['last-modified']) })).toBe(200);
  });

  it('gets the headers alone by HEAD', async () => {
    const whole = await get(`${CLIENT}/epg.xml`);
    asked = [];
    const head = await app.inject({ method: 'HEAD', url: `${CLIENT}/epg.xml` });
    expect(head.statusCode).toBe(200);
    expect(head.rawPayload.length).toBe(0);
    expect(head.headers.etag).toBe(whole.headers.etag);
    expect(head.headers['content-type']).toBe(whole.headers['content-type']);
    expect(head.headers['content-length']).toBeUndefined();
    // Of the channel on air, for the screen.
    expect(asked).toEqual([mainId(100)]);
  });
});

describe('a long guide', () => {
  beforeEach(() => {
    entries = [
      live,
      ...Array.from({ length: 5_000 }, (_, place) => channel(100 + place, `Channel ${place}`)),
    ];
  });

  async function open(): Promise<ReturnType<typeof httpRequest>> {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const request = httpRequest({ host: '127.0.0.1', port, path: `${CLIENT}/epg.xml` });
    request.on('error', () => {});
    request.end();
    // It is not read.
    await new Promise<void>((resolve) => request.once('response', () => resolve()));
    return request;
  }

  /** Resolves once nothing has been written for a while. */
  async function standstill(): Promise<number> {
    for (let before = -1; before !== asked.length; ) {
      before = asked.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return asked.length;
  }

  it('is written as fast as it is read', async () => {
    const request = await open();
    const written = await standstill();
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(4_000);
    request.destroy();
  });

  it('is the same for several players at a time', async () => {
    entries = entries.slice(0, 200);
    const bodies = await Promise.all([1, 2, 3].map(async () => (await get(`${CLIENT}/epg.xml`)).body));
    expect(new Set(bodies).size).toBe(1);
    expect(readXmltv(bodies[0] ?? '').channels).toHaveLength(200);
  });
});
