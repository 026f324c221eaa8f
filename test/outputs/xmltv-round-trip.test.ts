import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGuide } from '../../src/app/create-guide.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import type { LineUpEntry } from '../../src/outputs/line-up.ts';
import { xmltvOutput } from '../../src/outputs/xmltv.ts';
import { XmltvAnswer } from '../../src/outputs/xmltv-answer.ts';
import { XtreamClient } from '../../src/xtream/client.ts';
import { XtreamProvider } from '../../src/xtream/provider.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { plainHttp } from '../fakes/plain-http.ts';
import { type ReadProgramme, readXmltv, type XmltvElement } from '../fakes/read-xmltv.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

/** Midnight in Paris, three hours before its clocks go back from 3:00 to 2:00. */
const NOW = Date.UTC(2026, 9, 24, 22);
const HOUR = 3_600_000;

/** A programme of a guide that comes in. @param times as XMLTV has them */
const show = (times: string, content: string) => (key: string) => {
  const [start = '', stop] = times.split(' | ');
  return `<programme start="${start}"${stop ? ` stop="${stop}"` : ''} channel="${key}">${content}</programme>`;
};
const title = (text: string) => `<title>${text}</title>`;
const usual = '20261024220000 +0000 | 20261024230000 +0000';

/** What comes in for a channel, and what goes out: from and to as HHMM in UTC, the title, and the further elements. */
const cases: readonly (readonly [string, readonly ((key: string) => string)[], readonly string[]])[] = [
  ['an offset', [show('20261025000000 +0200 | 20261025010000 +0200', title('A'))], ['2200-2300 A']],
  ['a negative offset', [show('20261024180000 -0400 | 20261024190000 -0400', title('A'))], ['2200-2300 A']],
  [
    'half an hour’s offset',
    [show('20261025033000 +0530 | 20261025043000 +0530', title('A'))],
    ['2200-2300 A'],
  ],
  [
    'an offset with a colon',
    [show('20261025000000 +02:00 | 20261025010000 +02:00', title('A'))],
    ['2200-2300 A'],
  ],
  [
    'an offset without a space',
    [show('20261025000000+0200 | 20261025010000+0200', title('A'))],
    ['2200-2300 A'],
  ],
  ['no offset', [show('20261024220000 | 20261024230000', title('A'))], ['2200-2300 A']],
  ['Z for UTC', [show('20261024220000 Z | 20261024230000 Z', title('A'))], ['2200-2300 A']],
  ['ISO 8601', [show('2026-10-24T22:00:00Z | 2026-10-24T23:00:00Z', title('A'))], ['2200-2300 A']],
  ['seconds since 1970', [show(`${NOW / 1000} | ${NOW / 1000 + 3600}`, title('A'))], ['2200-2300 A']],
  ['no seconds', [show('202610242200 +0000 | 202610242300 +0000', title('A'))], ['2200-2300 A']],
  [
    'the hour that comes twice',
    [
      show('20261025020000 +0200 | 20261025030000 +0200', title('Summer')),
      show('20261025020000 +0100 | 20261025030000 +0100', title('Winter')),
    ],
    ['0000-0100 Summer', '0100-0200 Winter'],
  ],
  [
    'a programme across the change',
    [show('20261025013000 +0200 | 20261025023000 +0100', title('A'))],
    ['2330-0130 A'],
  ],
  [
    'an overlap',
    [
      show('20261024220000 +0000 | 20261025000000 +0000', title('A')),
      show('20261024230000 +0000 | 20261025003000 +0000', title('B')),
    ],
    ['2200-2300 A', '2300-0030 B'],
  ],
  [
    'no stop',
    [
      show('20261024220000 +0000', title('A')),
      show('20261024223000 +0000 | 20261024230000 +0000', title('B')),
    ],
    ['2200-2230 A', '2230-2300 B'],
  ],
  ['no stop and nothing after it', [show('20261024220000 +0000', title('A'))], ['2200-0100 A']],
  [
    'a stop before the start',
    [show('20261024220000 +0000 | 20261024210000 +0000', title('A'))],
    ['2200-0100 A'],
  ],
  [
    'the wrong order',
    [show('20261024230000 +0000 | 20261025000000 +0000', title('B')), show(usual, title('A'))],
    ['2200-2300 A', '2300-0000 B'],
  ],
  ['the same twice', [show(usual, title('A')), show(usual, title('A'))], ['2200-2300 A']],
  ['two at a time', [show(usual, title('A')), show(usual, title('B'))], ['2200-2300 A']],
  ['escaped markup', [show(usual, title('Tom &amp; Jerry &lt;3'))], ['2200-2300 Tom & Jerry <3']],
  ['markup that is escaped twice', [show(usual, title('Tom &amp;amp; Jerry'))], ['2200-2300 Tom & Jerry']],
  ['a bare ampersand', [show(usual, title('Tom & Jerry'))], ['2200-2300 Tom & Jerry']],
  ['CDATA', [show(usual, '<title><![CDATA[Tom & Jerry <3]]></title>')], ['2200-2300 Tom & Jerry <3']],
  ['quotation marks', [show(usual, title('"A" \'B\''))], ['2200-2300 "A" \'B\'']],
  ['control characters', [show(usual, title('A\u0001B &#1;C'))], ['2200-2300 A B C']],
  ['emoji', [show(usual, title('A 😀 &#128512;'))], ['2200-2300 A 😀 😀']],
  [
    'two languages',
    [
      show(
        usual,
        '<title lang="fr">Un</title><title lang="en">One</title><desc lang="en">Two</desc><desc lang="fr">Deux</desc>',
      ),
    ],
    ['2200-2300 fr:Un title=en:One desc=fr:Deux desc=en:Two'],
  ],
  [
    'all details',
    [
      show(
        usual,
        '<title>A</title><sub-title>B</sub-title><desc>C</desc><date>20240131</date><category>Série</category>' +
          '<icon src="http://panel.example/user/pass.png"/><episode-num system="xmltv_ns">0.1.</episode-num><new/>',
      ),
    ],
    [
      '2200-2300 A sub-title=B desc=C date=20240131 category=Série category=Series icon= episode-num=S01E02 episode-num=0.1. new=',
    ],
  ],
  [
    'an episode as people write it',
    [show(usual, '<title>A</title><episode-num system="onscreen">S3 E4</episode-num><previously-shown/>')],
    ['2200-2300 A episode-num=S03E04 episode-num=2.3. previously-shown='],
  ],
  ['no title', [show(usual, '<desc>C</desc>')], []],
  ['a start that is no time', [show('soon | later', title('A'))], []],
  [
    'a gap',
    [show(usual, title('A')), show('20261025010000 +0000 | 20261025020000 +0000', title('B'))],
    ['2200-2300 A', '0100-0200 B'],
  ],
];

let panel: FakePanel;
let directory: string;
let clock: FakeClock;
let catalogue: Catalogue;
let guide: ReturnType<typeof createGuide>;
let app: FastifyInstance;
const entries = cases.map(
  (_, place): LineUpEntry => ({
    ...{
      number: 100 + place,
      shownNumber: 100 + place,
      id: `c${100 + place}`,
      name: '-',
      group: 'All',
      logo: '/logo.png',
      isHd: false,
    },
    target: { kind: 'channel', channelId: mainId(place + 1), name: '-' },
  }),
);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zapette-guide-'));
  clock = new FakeClock({ epoch: NOW });
  panel = await FakePanel.start({
    channels: cases.map((_, place) => ({
      id: place + 1,
      name: `Channel ${place}`,
      epg_channel_id: `k${place}`,
    })),
  });
  const { url: baseUrl, username, password } = panel;
  const account = { accountId: mainAccount, baseUrl, username, password, userAgent: 'test', http: plainHttp };
  const parts = { provider: new XtreamProvider(new XtreamClient(account)), clock, logger: silentLogger };
  const store = { load: async () => null, save: async () => {} };
  catalogue = new Catalogue({
    accounts: [{ id: mainAccount, provider: parts.provider, store }],
    clock,
    log: silentLogger,
  });
  guide = createGuide({
    ...parts,
    catalogue,
    accounts: () => [{ id: mainAccount, provider: parts.provider }],
    folder: directory,
  });
  app = Fastify();
  const answer = new XmltvAnswer({
    ...{
      guide: guide.guide,
      history: { latest: () => [] },
      language: () => 'en' as const,
    },
    ...{ clock, logger: silentLogger },
  });
  const channels = {
    entries: () => entries,
    byNumber: () => null,
    byShownNumber: () => null,
    settled: async () => {},
    changedAt: NOW,
  };
  app.register(xmltvOutput({ answer, channels, baseUrl: () => 'http://tv.example', checkViewer: () => {} }));
});

afterEach(async () => {
  await app.close();
  await guide.stop();
  await catalogue.stop();
  await panel.stop();
  await rm(directory, { recursive: true });
});

/** Takes a file in. */
async function take(xml: string | Buffer): Promise<void> {
  panel.xmltv = typeof xml === 'string' ? Buffer.from(xml) : xml;
  await guide.start();
  await catalogue.start();
}

const fileOf = (programmes: string, encoding = 'UTF-8') =>
  `<?xml version="1.0" encoding="${encoding}"?><tv>${programmes}</tv>`;
const all = cases.flatMap(([, shows], place) => shows.map((each) => each(`k${place}`))).join('');

/** What goes out for a channel, without the blocks in between. */
async function told(place: number): Promise<string[]> {
  const { programmes } = readXmltv((await app.inject('/epg.xml')).body);
  return programmes
    .filter(({ channel, title: of }) => channel === `c${100 + place}` && of !== '-')
    .map(asText);
}

function asText({ start, stop, elements }: ReadProgramme): string {
  const time = (at: number) => new Date(at).toISOString().slice(11, 16).replace(':', '');
  const [first, ...further] = elements;
  const words = ({ text, attributes: { lang } }: XmltvElement) => (lang ? `${lang}:${text}` : text);
  const details = further.map((each) => ` ${each.name}=${words(each)}`).join('');
  return `${time(start)}-${time(stop)} ${first && words(first)}${details}`;
}

describe('a guide that comes in and goes out', () => {
  it('is right in every hard case', async () => {
    await take(fileOf(all));
    await expect.poll(() => told(0), { timeout: 30_000 }).toEqual(cases[0]?.[2]);
    const found = await Promise.all(cases.map(async ([name], place) => [name, await told(place)]));
    expect(found).toEqual(cases.map(([name, , expected]) => [name, expected]));
  }, 45_000);

  it.each<[string, (xml: string) => Buffer]>([
    ['a byte order mark', (xml) => Buffer.from(`\ufeff${xml}`)],
    ['ISO-8859-1', (xml) => Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1')],
    ['UTF-16', (xml) => Buffer.from(`\ufeff${xml}`, 'utf16le')],
    ['gzip', (xml) => gzipSync(xml)],
  ])('is right from a file in %s', async (_, write) => {
    await take(write(fileOf(show(usual, title('Été à la mer'))('k0'))));
    await expect.poll(() => told(0), { timeout: 10_000 }).toEqual(['2200-2300 Été à la mer']);
  });

  it('stays as it was where the next one is broken at its end', async () => {
    await take(fileOf(show('20261024220000 +0000 | 20261025230000 +0000', title('A'))('k0')));
    await expect.poll(() => told(0), { timeout: 10_000 }).toEqual(['2200-2300 A']);
    const before = (await app.inject('/epg.xml')).body;
    panel.xmltv = Buffer.from(fileOf(show(usual, title('B'))('k0')).slice(0, -20));
    await clock.advance(7 * HOUR);
    const asked = () => panel.requests.filter(({ action }) => action === 'xmltv').length;
    await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(1);
    await guide.stop();
    await guide.start();
    expect(await told(0)).toEqual(['2200-2300 A']);
    expect(before).toContain('<title>A</title>');
  });
});
