import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGuide, type GuideApi } from '../../../src/app/create-guide.ts';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { guideTroubleOf } from '../../../src/catalogue/guide/guide-trouble.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { mainAccount } from '../../../src/domain/ids.ts';
import { ProviderHttp } from '../../../src/lib/provider-http/provider-http.ts';
import { acceptValidOnly } from '../../../src/lib/provider-http/tls-accept.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SOON = { timeout: 10_000 };

interface Served {
  body: string | Buffer;
  status?: number;
  etag?: string;
}

/** What each address serves, and what it was asked with. */
let served: Map<string, Served>;
let asked: { path: string; etag: string | undefined; status: number }[];
let server: Server;
let base: string;
let urls: string[];
let channels: Channel[];
let provided: string;
let chosen: Map<string, string | null>;
let directory: string;
let clock = new FakeClock();
let catalogue: Catalogue;
let guide: GuideApi;

beforeEach(async () => {
  served = new Map();
  asked = [];
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const { body = '', status = 200, etag } = served.get(path) ?? { status: 404 };
    const known = request.headers['if-none-match'];
    const code = etag !== undefined && known === etag ? 304 : status;
    asked.push({ path, etag: known, status: code });
    response.writeHead(code, etag === undefined ? {} : { etag }).end(code === 304 ? '' : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  urls = [`${base}/one?key=secret`, `${base}/two`];
  directory = await mkdtemp(join(tmpdir(), 'zapette-guide-'));
  clock = new FakeClock();
  chosen = new Map();
  channels = [
    listed(1, 'FR| TF1 HD', 'tf1.fr'),
    listed(2, 'CH| TF1', null),
    listed(3, 'UK: BBC One', 'bbc1'),
  ];
  provided = file(show('tf1.fr', 'Provided', -10, 50));
  open();
});

afterEach(async () => {
  await close();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

function listed(id: number, name: string, epgId: string | null, archiveDays = 0): Channel {
  return { id: mainId(id), number: id, name, categoryId: null, logo: null, epgId, archiveDays };
}

function open(): void {
  const provider = {
    lineup: async () => ({ channels, categories: [], dropped: 0 }),
    shortGuide: async () => [],
    wholeGuide: <T>(read: (body: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<T>) =>
      read(bytesOf(provided), new AbortController().signal),
  };
  const store = { load: async () => null, save: async () => {} };
  const parts = { provider, clock, logger: silentLogger };
  catalogue = new Catalogue({
    ...{ accounts: [{ id: mainAccount, provider, store }], clock, log: silentLogger },
  });
  guide = createGuide({
    ...{ ...parts, catalogue, accounts: () => [{ id: mainAccount, provider }], folder: directory },
    further: () => urls.map((url) => ({ url, connect: () => new ProviderHttp({ accept: acceptValidOnly }) })),
    chosen: (id) => chosen.get(id),
  });
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function close(): Promise<void> {
  await guide.stop();
  await catalogue.stop();
}

async function start(): Promise<void> {
  await guide.start();
  await catalogue.start();
}

/** A programme with times in minutes from now. */
function show(channel: string, title: string, from: number, to: number): string {
  const at = (minutes: number) =>
    new Date(clock.now() + minutes * MINUTE).toISOString().replace(/\D/g, '').slice(0, 14);
  return `<programme start="${at(from)} +0000" stop="${at(to)} +0000" channel="${channel}"><title>${title}</title></programme>`;
}

const named = (id: string, name: string) =>
  `<channel id="${id}"><display-name>${name}</display-name></channel>`;
const file = (...parts: string[]) => `<?xml version="1.0" encoding="UTF-8"?><tv>${parts.join('')}</tv>`;
const titles = (id: number, back = 0) =>
  [...guide.guide.atHand(mainId(id), clock.now() - back, clock.now() + 7 * DAY)].map(({ title }) => title);
/** Of the first three channels. */
const all = () => expect.poll(() => [1, 2, 3].map((id) => titles(id)), SOON);
const reports = () => guide.reports().map(({ place, failure }) => [place, failure !== null]);
/** Waits until nothing is read. */
const settled = (count: number) =>
  expect
    .poll(() => guide.reports().filter((each) => each.failure || each.checkedAt).length, SOON)
    .toBe(count);

describe('further guides', () => {
  it('fill the gaps of the provider’s, each channel from the first that tells what comes', async () => {
    served.set('/one?key=secret', {
      body: gzipSync(
        file(show('tf1.fr', 'One', 0, 60), named('x', 'BBC One'), show('x', 'Past', -200, -100)),
      ),
    });
    served.set('/two', { body: file(show('BBC1', 'Two', -5, 25), show('tf1.fr', 'Two', 0, 60)) });
    await start();
    await all().toEqual([['Provided'], [], ['Two']]);
    expect(guide.guide.onNow('two')).toEqual([mainId(3)]);
    expect((await guide.guide.search('two', 9)).map(({ channelIds }) => channelIds)).toEqual([[mainId(3)]]);
    await settled(3);
    expect(reports()).toEqual([0, 1, 2].map((place) => [place, false]));
  });

  it('stay as they were where an address fails, also over a restart', async () => {
    served.set('/one?key=secret', { body: file(show('bbc1', 'One', -5, 2_000)) });
    served.set('/two', { body: '<html>', status: 500 });
    await start();
    await all().toEqual([['Provided'], [], ['One']]);
    await settled(3);
    expect(reports()).toEqual([
      [0, false],
      [1, false],
      [2, true],
    ]);
    served.set('/one?key=secret', { body: file(show('bbc1', 'Half', -5, 25)).slice(0, -5) });
    await close();
    clock.skip(6 * HOUR);
    open();
    await start();
    await expect.poll(() => reports()[1], SOON).toEqual([1, true]);
    expect(titles(3)).toEqual(['One']);
  });

  it('are read although the account’s own has nothing, which is told of that account', async () => {
    provided = file();
    served.set('/one?key=secret', { body: file(show('bbc1', 'One', -5, 2_000)) });
    urls = [`${base}/one?key=secret`];
    await start();
    await all().toEqual([[], [], ['One']]);
    await settled(2);
    const [own, further] = guide.reports();
    expect([own?.account, guideTroubleOf(own?.failure)]).toEqual([mainAccount, 'not_xmltv']);
    expect(further).toMatchObject({ account: null, place: 1, failure: null });
  });

  it('are not sent again while they are the same', async () => {
    served.set('/two', { body: file(show('bbc1', 'Two', -5, 2_000)), etag: '"a"' });
    urls = [`${base}/two`];
    await start();
    await all().toEqual([['Provided'], [], ['Two']]);
    await settled(2);
    await clock.advance(7 * HOUR);
    await expect.poll(() => asked, SOON).toHaveLength(2);
    expect(asked).toEqual([
      { path: '/two', etag: undefined, status: 200 },
      { path: '/two', etag: '"a"', status: 304 },
    ]);
    await expect.poll(() => guide.reports()[1]?.checkedAt, SOON).toBe(clock.now());
    expect(titles(3)).toEqual(['Two']);
  });

  it('follow the setting: their order, and which there are', async () => {
    for (const path of ['/one?key=secret', '/two'])
      served.set(path, { body: file(show('bbc1', path.slice(1, 4), -5, 25)) });
    await start();
    await all().toEqual([['Provided'], [], ['one']]);
    await settled(3);
    urls = urls.toReversed();
    await guide.follow();
    expect(titles(3)).toEqual(['two']);
    urls = [];
    await guide.follow();
    expect(titles(3)).toEqual([]);
    expect(await readdir(directory)).toEqual(['guide.db']);
    urls = [`${base}/two`];
    await guide.follow();
    await all().toEqual([['Provided'], [], ['two']]);
  });
});

describe('the match of a channel and its guide', () => {
  const a = show('a', 'A', 0, 9);
  it.each<[string, string, [string, string, string]]>([
    ['the name, where the guide tells no country', named('a', 'TF1') + a, ['A', 'A', 'A']],
    ['the name in the same country, by the guide’s id', show('TF1.ch', 'A', 0, 9), ['', 'A', 'A']],
    ['the name with other words for the quality', named('a', 'CH - TF1 FHD') + a, ['', 'A', 'A']],
    ['no name of another country', named('a', 'BE: TF1') + a, ['', '', 'A']],
    [
      'no name of two countries',
      named('a', 'BE: TF1') + named('b', 'FR: TF1') + a + show('b', 'B', 0, 9),
      ['B', '', ''],
    ],
    ['nothing less than the whole name', named('a', 'TF1 Séries Films') + a, ['', '', '']],
  ])('is found by %s', async (_, xml, expected) => {
    channels = [listed(1, 'FR| TF1 HD', 'none'), listed(2, 'CH| TF1', null), listed(3, 'TF1', null)];
    provided = file(xml);
    urls = [];
    await start();
    await settled(1);
    expect([1, 2, 3].map((id) => titles(id)[0] ?? '')).toEqual(expected);
  });
});

it('a long span is told whole', async () => {
  urls = [];
  const many = Array.from({ length: 150 }, (_, at) => show('tf1.fr', `${at}`, at * 10, at * 10 + 10));
  provided = file(...many);
  await start();
  await settled(1);
  expect(titles(1)).toEqual(many.map((_, at) => `${at}`));
});

describe('the past', () => {
  it('is kept when a new guide begins later: five hours, and as many days as the archive', async () => {
    urls = [];
    channels = [listed(1, 'TF1', 'tf1.fr', 2), listed(3, 'BBC One', 'bbc1')];
    const both = (title: string, from: number, to: number) =>
      show('tf1.fr', title, from, to) + show('bbc1', title, from, to);
    provided = file(both('First', -240, -180), both('Second', -60, 0), both('Third', 0, 4_000));
    await start();
    await settled(1);
    provided = file(both('New', 420, 1_000));
    await clock.advance(7 * HOUR);
    await expect.poll(() => titles(3, DAY), SOON).toContain('New');
    expect(titles(1, 2 * DAY)).toEqual(['First', 'Second', 'Third', 'New']);
    expect(titles(3, 2 * DAY)).toEqual(['Third', 'New']);
  });
});
