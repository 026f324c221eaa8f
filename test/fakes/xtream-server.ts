import Fastify, { type FastifyInstance } from 'fastify';
import type { Programme } from '../../src/domain/channel.ts';
import type { Client } from '../../src/domain/client.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { baseUrl } from '../../src/http/addresses.ts';
import { routerOptions } from '../../src/http/router-options.ts';
import type { ArchiveWish } from '../../src/outputs/client-archive.ts';
import type { LineUpEntry } from '../../src/outputs/line-up.ts';
import { xtreamServerOutput } from '../../src/outputs/xtream-server.ts';
import { FakeClock } from './fake-clock.ts';
import { mainId } from './main-id.ts';

export const USER = 'c7';
export const PASSWORD = 'Pa55wordOfAClient';
const HOUR = 3_600_000;

export const screenEntry: LineUpEntry = {
  ...{
    number: 1,
    shownNumber: 1,
    id: 'live',
    name: 'Zapette live',
    group: 'Zapette',
    logo: '/logo.png',
    isHd: true,
  },
  target: { kind: 'screen', screen: liveScreen },
};

/** A channel of the line-up. @param number from 100. */
export function channelEntry(number: number, name: string, group = 'France'): LineUpEntry {
  return {
    ...{
      number,
      shownNumber: number,
      id: `c${number}`,
      name,
      group,
      logo: `/api/logo/${number}`,
      isHd: false,
    },
    target: { kind: 'channel', channelId: mainId(number), name },
  };
}

export interface FakeXtreamServer {
  readonly app: FastifyInstance;
  readonly clock: FakeClock;
  readonly client: Client;
  /** The line-up; changes count at once. */
  readonly entries: LineUpEntry[];
  /** What comes into it once it is asked whether it is up to date, as after a start. */
  readonly late: LineUpEntry[];
  /** The programmes of every channel. */
  readonly programmes: Programme[];
  /** Days that the provider keeps, by number. */
  readonly archives: Map<number, number>;
  /** The names of what the client plays. */
  readonly playing: string[];
  /** What was handed on, in order. */
  readonly asked: (readonly [what: string, number?: number, wish?: ArchiveWish])[];
}

/** The panel alone, over an invented line-up; what it hands on is only noted. */
export function startXtreamServer({ trustProxy = false } = {}): FakeXtreamServer {
  const app = Fastify({ trustProxy, bodyLimit: 64 * 1024, routerOptions });
  const clock = new FakeClock();
  const client = {
    ...{ id: 7, name: 'Living room', kind: 'tivimate' as const },
    ...{ createdAt: clock.now() - 24 * HOUR, lastUsedAt: null },
  };
  const entries = [screenEntry, channelEntry(100, 'TF1'), channelEntry(102, 'CNN', 'News')];
  const late: LineUpEntry[] = [];
  const programmes: Programme[] = [];
  const archives = new Map<number, number>();
  const withArchive = (entry: LineUpEntry): LineUpEntry => {
    const days = archives.get(entry.number);
    const { number, name } = entry;
    return days === undefined ? entry : { ...entry, archive: { channelId: mainId(number), name, days } };
  };
  const playing: string[] = [];
  const asked: FakeXtreamServer['asked'] = [];
  const clients = {
    byLogin: (user: string, pass: string) => (user === USER && pass === PASSWORD ? client : null),
    list: () => [{ ...client, playing, refusal: null }],
  };
  void app.register(
    xtreamServerOutput({
      ...{ clients, clock, connections: () => 2 },
      lineUp: {
        entries: () => entries.map(withArchive),
        settled: async () => void entries.push(...late.splice(0)),
        byNumber: (wanted) => entries.map(withArchive).find(({ number }) => number === wanted) ?? null,
      },
      baseUrl: (request) => baseUrl(request, null),
      programmes: async () => programmes,
      sendTransport: (_request, reply, _login, { number }) => {
        asked.push(['transport', number]);
        return reply.type('video/mp2t').send('a picture');
      },
      sendPlaylist: (_request, reply, _login, screen) => {
        asked.push([`playlist of ${screen}`]);
        return reply.type('application/vnd.apple.mpegurl').send('#EXTM3U');
      },
      sendGuide: (_request, reply) => {
        asked.push(['guide']);
        return reply.type('application/xml').send('<tv/>');
      },
      sendArchive: (_request, reply, _login, wish) => {
        asked.push(['archive', wish.entry.number, wish]);
        return reply.type('video/mp2t').send('the past');
      },
    }),
  );
  return { app, clock, client, entries, late, programmes, archives, playing, asked };
}
