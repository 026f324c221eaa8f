/** The server of bench/epg.ts: `node bench/epg-server.ts bare|zapette FILE CHANNELS`. It prints its address. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { Guide } from '../src/catalogue/guide/guide.ts';
import { WholeGuide } from '../src/catalogue/guide/whole-guide.ts';
import { channelId, liveScreen, mainAccount } from '../src/domain/ids.ts';
import { systemClock } from '../src/lib/clock.ts';
import { xmltvOutput } from '../src/outputs/xmltv.ts';
import { XmltvAnswer } from '../src/outputs/xmltv-answer.ts';
import type { GuideEntry } from '../src/outputs/xmltv-body.ts';
import { silentLogger } from '../test/fakes/silent-logger.ts';

const [, , kind, path = '', count] = process.argv;
if (kind === 'bare') bare();
else await zapette();

/** All rows by one query, made into XML as they come, with nothing between them and the socket but its buffer. */
function bare(): void {
  const server = createServer(async (request, response) => {
    if (request.method === 'HEAD') return void response.end();
    const database = new DatabaseSync(path, { readOnly: true });
    const rows = database
      .prepare(
        `SELECT key, titles.title, description, start, stop FROM channels
         JOIN programmes ON programmes.channel = channels.id JOIN titles ON titles.id = programmes.title
         ORDER BY channels.id, start`,
      )
      .iterate();
    const time = (value: unknown) =>
      `${new Date(Number(value)).toISOString().replace(/\D/g, '').slice(0, 14)} +0000`;
    const text = (value: unknown) =>
      String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    let piece = '<tv>\n';
    for (const { key, title, description, start, stop } of rows) {
      piece += `<programme start="${time(start)}" stop="${time(stop)}" channel="${key}"><title>${text(title)}</title><desc>${text(description)}</desc></programme>\n`;
      if (piece.length < 65_536) continue;
      if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
      piece = '';
    }
    response.end(`${piece}</tv>\n`);
    database.close();
  });
  server.listen(0, '127.0.0.1', () => said((server.address() as AddressInfo).port));
}

async function zapette(): Promise<void> {
  const numbers = Array.from({ length: Number(count) }, (_, number) => number);
  const channels = numbers.map((number) => ({
    id: channelId(mainAccount, number + 1),
    number,
    name: `Channel ${number}`,
    categoryId: null,
    logo: null,
    epgId: `channel.${number}`,
  }));
  const snapshot = { channels, byId: new Map(channels.map((channel) => [channel.id, channel])) };
  const catalogue = { snapshot: () => snapshot as never, onChange: () => () => {} };
  const clock = systemClock;
  const whole = new WholeGuide({ path: () => path, catalogue, clock, logger: silentLogger });
  await whole.start();
  const provider = { shortGuide: async () => [] };
  const guide = new Guide({ provider, whole, clock, logger: silentLogger });
  const screen: GuideEntry = {
    number: 1,
    id: 'live',
    name: 'Zapette live',
    logo: '/logo.png',
    target: { kind: 'screen', screen: liveScreen },
  };
  const entries = [
    screen,
    ...channels.map(
      ({ id, name, number }): GuideEntry => ({
        number: number + 100,
        id: `c${number + 100}`,
        name,
        logo: `/logo/${number + 100}`,
        target: { kind: 'channel', channelId: id },
      }),
    ),
  ];
  const app = Fastify();
  const answer = new XmltvAnswer({
    guide,
    history: { latest: () => [] },
    baseUrl: ({ host }) => `http://${host}`,
    language: () => 'en',
    clock,
    logger: silentLogger,
  });
  await app.register(
    xmltvOutput({
      answer,
      lineUp: { screens: [screen], entries: () => entries, settled: async () => {} },
      checkViewer: () => {},
      checkClient: () => {},
    }),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  said((app.server.address() as AddressInfo).port);
}

function said(port: number): void {
  console.log(`http://127.0.0.1:${port}/t/token/epg.xml`);
}
