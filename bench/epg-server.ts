/** The server of bench/epg.ts: `node bench/epg-server.ts bare|zapette FILE CHANNELS`. It prints its address. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { Guide } from '../src/catalogue/guide/guide.ts';
import { WholeGuide } from '../src/catalogue/guide/whole-guide.ts';
import { channelId, liveScreen, mainAccount } from '../src/domain/ids.ts';
import { systemClock } from '../src/lib/clock.ts';
import { Turns } from '../src/lib/turns.ts';
import type { LineUpEntry } from '../src/outputs/line-up.ts';
import { xmltvOutput } from '../src/outputs/xmltv.ts';
import { XmltvAnswer } from '../src/outputs/xmltv-answer.ts';
import { silentLogger } from '../test/fakes/silent-logger.ts';

const [, , kind, path = '', count] = process.argv;
watchTurns();
if (kind === 'bare') bare();
else await zapette();

/** All rows by one query, made into XML as they come, with nothing between them and the socket but its buffer. */
function bare(): void {
  const answer = async (response: ServerResponse): Promise<void> => {
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
      piece += `<programme start="${time(start)}" stop="${time(stop)}" channel="${text(key)}"><title>${text(title)}</title><desc>${text(description)}</desc></programme>\n`;
      if (piece.length < 65_536) continue;
      if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
      piece = '';
    }
    response.end(`${piece}</tv>\n`);
    database.close();
  };
  const server = createServer((request, response) => {
    if (request.method === 'HEAD') response.end();
    else void answer(response);
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
    archiveDays: 0,
  }));
  const snapshot = {
    channels,
    categories: [],
    byId: new Map(channels.map((channel) => [channel.id, channel])),
  };
  const catalogue = { snapshot: () => snapshot, onChange: () => () => {} } as never;
  const clock = systemClock;
  const parts = { clock, logger: silentLogger };
  const sources = () => [{ account: mainAccount, path }];
  const whole = new WholeGuide({ ...parts, catalogue, sources, chosen: () => undefined });
  const guide = new Guide({ ...parts, provider: { shortGuide: async () => [] }, whole });
  await whole.start();
  const screen: LineUpEntry = {
    number: 1,
    shownNumber: 1,
    id: 'live',
    name: 'Zapette live',
    group: 'Zapette',
    logo: '/logo.png',
    isHd: true,
    target: { kind: 'screen', screen: liveScreen },
  };
  const entries = [
    screen,
    ...channels.map(
      ({ id, name, number }): LineUpEntry => ({
        number: number + 100,
        shownNumber: number + 100,
        id: `c${number + 100}`,
        name,
        group: 'All',
        isHd: false,
        logo: `/logo/${number + 100}`,
        target: { kind: 'channel', channelId: id, name },
      }),
    ),
  ];
  const app = Fastify();
  const answer = new XmltvAnswer({
    guide,
    history: { latest: () => [] },
    language: () => 'en',
    clock,
    logger: silentLogger,
  });
  await app.register(
    xmltvOutput({
      answer,
      channels: {
        entries: () => entries,
        byNumber: () => null,
        byShownNumber: () => null,
        settled: async () => {},
        changedAt: clock.now(),
      },
      checkViewer: () => {},
      baseUrl: ({ host }) => `http://${host}`,
    }),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  said((app.server.address() as AddressInfo).port);
}

/**
 * Writes the longest turn that a piece of the guide took on SIGTERM: in milliseconds of this thread's processor time, since on a
 * busy machine the event loop is late whatever is done in it.
 */
function watchTurns(): void {
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let began: number | null = null;
  let longest = 0;
  const { next } = Object.getOwnPropertyDescriptors(Turns.prototype);
  Turns.prototype.next = async function () {
    if (began !== null) longest = Math.max(longest, used() - began);
    await next.value?.call(this);
    began = used();
  };
  process.on('SIGTERM', () => {
    console.log(longest);
    process.exit();
  });
}

function said(port: number): void {
  console.log(`http://127.0.0.1:${port}/epg.xml`);
}
