import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGuide } from '../../../src/app/create-guide.ts';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { demoChannels } from '../../../src/demo/channels.ts';
import { guideId, nowAndNext, xmltv } from '../../../src/demo/guide.ts';
import { type ChannelId, mainAccount } from '../../../src/domain/ids.ts';
import { plainText } from '../../../src/lib/plain-text.ts';
import { XtreamClient } from '../../../src/xtream/client.ts';
import { XtreamProvider } from '../../../src/xtream/provider.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';
import { plainHttp } from '../../fakes/plain-http.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';
import { FakePanel } from '../../fakes/xtream-panel.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let panel: FakePanel;
let client: XtreamClient;
let directory: string;
let clock: FakeClock;
let catalogue: Catalogue;
let guide: ReturnType<typeof createGuide>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zapette-guide-'));
  clock = new FakeClock();
  panel = await FakePanel.start({
    channels: [
      { id: 1, name: 'FR| TF1 HD', epg_channel_id: 'TF1.fr' },
      { id: 2, name: 'FR| TF1 4K', epg_channel_id: 'tf1.fr' },
      { id: 3, name: 'UK: BBC One', epg_channel_id: 'bbc1' },
      { id: 4, name: 'Arte' },
    ],
  });
  const { url: baseUrl, username, password } = panel;
  client = new XtreamClient({
    accountId: mainAccount,
    baseUrl,
    username,
    password,
    userAgent: 'test',
    http: plainHttp,
  });
  open();
});

afterEach(async () => {
  await close();
  await panel.stop();
  await rm(directory, { recursive: true });
});

/** Creates the parts as the process does. */
function open(): void {
  const provider = new XtreamProvider(client);
  const parts = { provider, clock, logger: silentLogger };
  const store = { load: async () => null, save: async () => {} };
  catalogue = new Catalogue({
    accounts: [{ id: mainAccount, provider: parts.provider, store }],
    clock,
    log: silentLogger,
  });
  guide = createGuide({
    ...parts,
    catalogue,
    accounts: () => [{ id: mainAccount, provider }],
    folder: directory,
  });
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
function programme(
  channel: string,
  title: string,
  from: number,
  to: number | null,
  description = '',
): string {
  const at = (minutes: number) =>
    new Date(clock.now() + minutes * MINUTE).toISOString().replace(/\D/g, '').slice(0, 14);
  const stop = to === null ? '' : ` stop="${at(to)} +0000"`;
  return `<programme start="${at(from)} +0000"${stop} channel="${channel}"><title>${title}</title><desc>${description}</desc></programme>`;
}

const file = (...programmes: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><tv>${programmes.join('')}</tv>`;
const calls = (action: string) => panel.requests.filter((request) => request.action === action).length;
const onNow = (text: string) => expect.poll(() => guide.guide.onNow(text), { timeout: 30_000 });
const titlesOf = async (id: number) => (await guide.guide.upcoming(mainId(id), 0)).map(({ title }) => title);

describe('WholeGuide', () => {
  it('finds all variants of a channel by its current programme without a request for it', async () => {
    panel.xmltv = file(
      programme('tf1.fr', 'Tour de France : étape 3', -10, 50),
      programme('tf1.fr', 'Le Journal', 50, 90),
      programme('bbc1', 'News at Ten', -5, 25),
      programme('unknown', 'Tour of Flanders', -5, 25),
    );
    await start();
    await onNow('etape').toEqual([1, 2].map(mainId));
    expect(guide.guide.onNow('tour')).toEqual([1, 2].map(mainId));
    expect(guide.guide.onNow('journal')).toEqual([]);
    const found = catalogue.groups('tour de france', { limit: 5, onNow: (text) => guide.guide.onNow(text) });
    expect(found).toMatchObject([{ name: 'TF1', why: ['on now', 'has guide'] }]);
    expect(calls('get_short_epg')).toBe(0);
  });

  it.each<[string, (xml: string) => Buffer]>([
    ['Latin-1 that says UTF-8', (xml) => Buffer.from(xml, 'latin1')],
    ['Latin-1 that says nothing', (xml) => Buffer.from(xml.replace(/<\?xml[^>]*>/, ''), 'latin1')],
    ['UTF-8 that says Latin-1', (xml) => Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'))],
    ['UTF-16', (xml) => Buffer.from(`\ufeff${xml}`, 'utf16le')],
    ['gzip', (xml) => gzipSync(xml)],
    ['gzip in gzip', (xml) => gzipSync(gzipSync(xml))],
    [
      'capitals',
      (xml) => Buffer.from(xml.replaceAll(/<\/?(tv|programme|title)/g, (tag) => tag.toUpperCase())),
    ],
  ])('reads a file in %s', async (_, write) => {
    panel.xmltv = write(file(programme('bbc1', 'Été à la mer', -5, 25)));
    await start();
    await onNow('ete a la mer').toEqual([mainId(3)]);
    expect(await titlesOf(3)).toEqual(['Été à la mer']);
  });

  it('accepts a complete file before a broken connection', async () => {
    panel.xmltv = file(programme('bbc1', 'News', -5, 25));
    panel.xmltvHeaders = { 'content-length': '100000' };
    await start();
    await expect.poll(() => calls('xmltv')).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    panel.cut();
    await onNow('news').toEqual([mainId(3)]);
  });

  it('follows the time', async () => {
    panel.xmltv = file(programme('bbc1', 'News', -5, 25), programme('bbc1', 'Match of the Day', 25, 60));
    await start();
    await onNow('news').toEqual([mainId(3)]);
    await clock.advance(26 * MINUTE);
    await onNow('match').toEqual([mainId(3)]);
    expect(guide.guide.onNow('news')).toEqual([]);
  });

  it('returns the current and the following programmes without a call to the provider', async () => {
    panel.xmltv = file(
      programme('bbc1', 'Over', -60, 0),
      programme('bbc1', 'News', -5, 25, 'Headlines'),
      programme('bbc1', 'Film', 25, 120),
    );
    await start();
    await onNow('news').toEqual([mainId(3)]);
    expect(guide.guide.get(mainId(3))).toMatchObject({
      now: { title: 'News', description: 'Headlines', start: clock.now() - 5 * MINUTE },
      next: { title: 'Film' },
    });
    expect(await titlesOf(3)).toEqual(['News', 'Film']);
    expect(calls('get_short_epg')).toBe(0);
  });

  it('returns the programmes of a span, and finds titles of the whole week, the soonest first', async () => {
    const day = 24 * 60;
    panel.xmltv = file(
      programme('bbc1', 'Le Grand Été', 2 * day, 2 * day + 60),
      programme('bbc1', 'Grand Prix : Monaco', day, day + 60),
      programme('tf1.fr', 'Grand Prix : Monaco', day - 30, day + 60),
      programme('tf1.fr', 'Le grand journal', -120, -60),
    );
    await start();
    const found = async (text: string) =>
      (await guide.guide.search(text, 50)).map(({ channelIds, programme }) => [programme.title, channelIds]);
    await expect.poll(() => found('ete'), { timeout: 30_000 }).toEqual([['Le Grand Été', [mainId(3)]]]);
    expect(await found('GRAND')).toEqual([
      ['Grand Prix : Monaco', [1, 2].map(mainId)],
      ['Grand Prix : Monaco', [mainId(3)]],
      ['Le Grand Été', [mainId(3)]],
    ]);
    expect(await guide.guide.search('grand', 2)).toHaveLength(2);
    expect(await found('monaco grand')).toHaveLength(2);
    for (const text of ['rand', 'gr', '" OR *', 'grand NOT zzzzzz']) expect(await found(text)).toEqual([]);
    const from = clock.now() + (day + 20) * MINUTE;
    const rows = await guide.guide.between(mainId(3), from, from + HOUR, 0);
    expect(rows.map(({ title }) => title)).toEqual(['Grand Prix : Monaco']);
    expect(calls('get_short_epg')).toBe(0);
  });

  it('finds titles despite typing errors if no title has the typed words', async () => {
    const titles = ['UEFA Champions League', 'Champion Darts', 'Ligue 1', 'Die Chefin', 'Der Tatortreiniger'];
    panel.xmltv = file(...titles.map((title, at) => programme('bbc1', title, 60 * at, 60 * at + 60)));
    await start();
    const found = async (text: string) =>
      (await guide.guide.search(text, 50)).map(({ programme: { title } }) => title);
    await expect
      .poll(() => found('champions league'), { timeout: 30_000 })
      .toEqual(['UEFA Champions League']);
    for (const text of ['champoins league', 'leage champions', 'hcampions league', 'uefa champions leauge'])
      expect(await found(text), text).toEqual(['UEFA Champions League']);
    expect(await found('tatortrieniger')).toEqual(['Der Tatortreiniger']);
    expect(await found('lige 1')).toEqual(['Ligue 1']);
    for (const text of ['lige 2', 'xylophone', 'snooker league', 'no"body OR *', 'NEAR zzzzz'])
      expect(await found(text), text).toEqual([]);
  });

  it('leaves channels that it lacks to the short guide', async () => {
    panel.xmltv = file(programme('bbc1', 'News', -5, 25));
    await start();
    await onNow('news').toEqual([mainId(3)]);
    expect(await guide.guide.upcoming(mainId(4), 1_000)).toEqual([]);
    await expect.poll(() => calls('get_short_epg')).toBe(1);
  });

  it('notifies the listeners of channels in the previous guide', async () => {
    panel.xmltv = file(programme('bbc1', 'News', -5, 25));
    const told: ChannelId[] = [];
    guide.guide.subscribe((id) => told.push(id));
    guide.guide.get(mainId(3));
    await start();
    await onNow('news').toEqual([mainId(3)]);
    expect(told).toContain(mainId(3));
    expect(guide.guide.get(mainId(3)).now?.title).toBe('News');
  });

  it.each<[string, string[], [string, number, number][]]>([
    [
      'an overlapping one ends when the next one begins',
      [programmeOf(-60, 120, 'Long'), programmeOf(0, 30, 'Short')],
      [['Short', 0, 30]],
    ],
    [
      'one without an end lasts until the next one',
      [programmeOf(-10, null, 'Open'), programmeOf(45, 60, 'Next')],
      [
        ['Open', -10, 45],
        ['Next', 45, 60],
      ],
    ],
    ['one without an end lasts three hours at most', [programmeOf(-10, null, 'Open')], [['Open', -10, 170]]],
    [
      'the first of two with the same start stays',
      [programmeOf(0, 30, 'One'), programmeOf(0, 60, 'Two')],
      [['One', 0, 30]],
    ],
    [
      'they are sorted by start',
      [programmeOf(30, 60, 'Second'), programmeOf(0, 30, 'First')],
      [
        ['First', 0, 30],
        ['Second', 30, 60],
      ],
    ],
    [
      'those after a week are left out',
      [programmeOf(-5, 5, 'Now'), programmeOf(8 * 24 * 60, 8 * 24 * 60 + 30, 'Next week')],
      [['Now', -5, 5]],
    ],
  ])('tidies programmes: %s', async (_, programmes, expected) => {
    panel.xmltv = file(...programmes);
    await start();
    await expect
      .poll(() => guide.guide.get(mainId(3)).now?.title, { timeout: 30_000 })
      .toBe(expected[0]?.[0]);
    const minutes = (time: number) => (time - clock.now()) / MINUTE;
    const rows = await guide.guide.upcoming(mainId(3), 0);
    expect(rows.map(({ title, start, stop }) => [title, minutes(start), minutes(stop)])).toEqual(expected);
  });

  it('reads a gzip file and a file in Latin-1', async () => {
    panel.xmltv = gzipSync(file(programme('bbc1', 'Packed', -5, 25)));
    await start();
    await onNow('packed').toEqual([mainId(3)]);
    await close();
    await rm(join(directory, 'guide.db'));
    const latin = file(programme('bbc1', 'Été', -5, 25)).replace('UTF-8', 'iso-8859-1');
    panel.xmltv = Buffer.from(latin, 'latin1');
    open();
    await start();
    await expect.poll(() => guide.guide.get(mainId(3)).now?.title, { timeout: 30_000 }).toBe('Été');
  });

  it('reads the demo’s guide', async () => {
    panel.channels = demoChannels.map((channel) => ({
      id: channel.id,
      name: channel.name,
      epg_channel_id: guideId(channel),
    }));
    panel.xmltv = xmltv(demoChannels, clock.now(), () => 'http://logo/');
    await start();
    for (const channel of demoChannels) {
      const title = plainText(nowAndNext(channel, clock.now(), 1)[0]?.title ?? '');
      await onNow(title).toContain(mainId(channel.id));
    }
  });
});

describe('the last good guide', () => {
  beforeEach(async () => {
    panel.xmltv = file(programme('bbc1', 'News', -5, 2_000));
    await start();
    await onNow('news').toEqual([mainId(3)]);
  });

  it.each<[string, string | Buffer | null]>([
    ['not there', null],
    ['empty', ''],
    ['of nothing', '<tv></tv>'],
    ['of channels that are not in the list', file(programmeOf(-5, 2_000, 'Other', 'other'))],
    ['HTML', '<html><body>down</body></html>'],
    ['cut off', file(programmeOf(-5, 2_000, 'Half')).slice(0, -5)],
    ['gzip that is cut off', gzipSync(file(programmeOf(-5, 2_000, 'Half'))).subarray(0, 60)],
  ])('stays if the next one is %s, which is fetched again', async (_, broken) => {
    panel.xmltv = broken;
    await clock.advance(7 * HOUR);
    await expect.poll(() => calls('xmltv'), { timeout: 30_000 }).toBe(2);
    await expect.poll(() => clock.pending, { timeout: 30_000 }).toBe(3);
    expect(guide.guide.onNow('news')).toEqual([mainId(3)]);
    await expect.poll(() => readdir(directory)).toEqual(['guide.db']);
    panel.xmltv = file(programme('bbc1', 'Film', -500, 2_000));
    await clock.advance(6 * MINUTE);
    await onNow('film').toEqual([mainId(3)]);
    expect(guide.guide.onNow('news')).toEqual([]);
  });

  it('is fetched again if the file on disk is damaged', async () => {
    await close();
    await writeFile(join(directory, 'guide.db'), 'no database');
    panel.xmltv = file(programme('bbc1', 'Film', -500, 2_000));
    open();
    await start();
    await onNow('film').toEqual([mainId(3)]);
  });

  it('is loaded at once after a restart and not fetched again while it is fresh', async () => {
    await close();
    clock.skip(HOUR);
    open();
    await start();
    await onNow('news').toEqual([mainId(3)]);
    await clock.advance(3 * HOUR);
    expect(calls('xmltv')).toBe(1);
  });
});

/** A programme on BBC One, with times in minutes from the start of the test. */
function programmeOf(from: number, to: number | null, title: string, channel = 'bbc1'): string {
  clock = new FakeClock();
  return programme(channel, title, from, to);
}
