import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readIn } from '../bots/calling.ts';
import { type BotsApp, startBotsApp } from '../fakes/bots-app.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ids } from '../fakes/discord/scene.ts';
import { Origin } from '../fakes/origin.ts';
import type { RunningApp } from '../fakes/running-app.ts';
import type { FakeUser } from '../fakes/telegram/fake-user.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { Random } from '../soak/random.ts';

/** How many wishes, moves, stops and faults; 200 for a whole evening. */
const WISHES = Number(process.env.ZAPETTE_WISHES ?? 20);
const SEED = Number(process.env.ZAPETTE_SEED ?? 15);
const ADA = 8;
/** Milliseconds without a byte after which a player would stall. */
const LONGEST_GAP = 12_000;
const screens = ['live', 'sport', 'kids'] as const;
type ScreenName = (typeof screens)[number];

let dataDirs: DataDirs;
let source: TsSource;
let one: FakePanel;
let two: FakePanel;
let origin: Origin;
let room: BotsApp;
let server: RunningApp;
let ada: FakeUser;
/** Connections to the channels of the M3U list. */
const list = { open: 0, most: 0, isDown: false };
const players: Player[] = [];

beforeAll(async () => {
  [dataDirs, source, origin] = await Promise.all([
    DataDirs.create(),
    TsSource.render(),
    new Origin().start(),
  ]);
  const panelOf = (...names: string[]) =>
    FakePanel.start({
      channels: names.map((name, at) => ({ id: at + 1, name })),
      // More than Zapette is told, so that a breach of the limit shows.
      maxConnections: 9,
    });
  [one, two] = await Promise.all([
    panelOf('FR: TF1', 'FR: Alpha Une', 'FR: Alpha Deux'),
    panelOf('FR: TF1 HD', 'FR: Beta Une', 'FR: Beta Deux', 'FR: Beta Trois'),
  ]);
  for (const panel of [one, two]) panel.live.set('*', source.serve);
  origin.answer((request, response) => {
    if (request.url?.startsWith('/list')) {
      const entries = ['TF1', 'Gamma Une', 'Gamma Deux'].map(
        (name, at) => `#EXTINF:-1 group-title="France",FR: ${name}\ntv/${at}.ts`,
      );
      response.end(`#EXTM3U\n${entries.join('\n')}\n`);
      return;
    }
    if (list.isDown) {
      response.writeHead(503).end();
      return;
    }
    list.open++;
    list.most = Math.max(list.most, list.open);
    response.once('close', () => list.open--);
    source.serve(request, response);
  });
  room = await startBotsApp(
    await dataDirs.next(),
    {
      XTREAM_URL: one.url,
      XTREAM_USERNAME: one.username,
      XTREAM_PASSWORD: one.password,
      XTREAM_MAX_CONNECTIONS: '1',
      XTREAM_2_URL: two.url,
      XTREAM_2_USERNAME: two.username,
      XTREAM_2_PASSWORD: two.password,
      XTREAM_2_MAX_CONNECTIONS: '2',
      M3U_1_URL: origin.url('/list'),
      M3U_1_MAX_CONNECTIONS: '1',
      TELEGRAM_ADMIN_IDS: String(ADA),
      ETIQUETTE: 'free',
    },
    20_000,
  );
  server = room.server;
  await vi.waitFor(async () => expect((await server.get('/api/channels')).body.total).toBe(10), 20_000);
  for (const name of ['Sport', 'Kids']) await server.post('/api/screens', { name });
  ada = room.telegram.user(ADA, { language_code: 'en' });
  await ada.start().reply();
  for (const screen of screens) players.push(new Player(screen, 'hls'), new Player(screen, 'ts'));
}, 90_000);
afterAll(async () => {
  for (const player of players) player.stop();
  await room?.stop();
  source?.stop();
  await Promise.all([one?.stop(), two?.stop(), origin?.stop()]);
  await dataDirs?.remove();
});

/** A player of a screen that never gives up, and notes every fault it would show. */
class Player {
  readonly name: string;
  readonly faults: string[] = [];
  readonly #life = new AbortController();
  #lastByte = performance.now();
  longestGap = 0;

  constructor(screen: ScreenName, kind: 'hls' | 'ts') {
    this.name = `${kind} of ${screen}`;
    const base = screen === 'live' ? '/live' : `/s/${screen}`;
    void (kind === 'hls' ? this.#poll(base) : this.#read(base)).catch((error: unknown) => {
      if (!this.#life.signal.aborted) this.faults.push(String(error));
    });
  }

  stop(): void {
    this.#life.abort();
  }

  #got(): void {
    const now = performance.now();
    this.longestGap = Math.max(this.longestGap, now - this.#lastByte);
    this.#lastByte = now;
  }

  async #read(base: string): Promise<void> {
    const response = await fetch(`${server.url}${base}.ts`, { signal: this.#life.signal });
    for await (const _ of response.body ?? []) this.#got();
    throw new Error('the stream ended');
  }

  async #poll(base: string): Promise<void> {
    let last = -1;
    while (!this.#life.signal.aborted) {
      const response = await fetch(`${server.url}${base}/index.m3u8`, { signal: this.#life.signal });
      const text = await response.text();
      if (response.status !== 200) this.faults.push(`${response.status}: ${text.slice(0, 100)}`);
      const numbers = [...text.matchAll(/^seg\/(\d+)\.ts$/gm)].map(([, number]) => Number(number));
      const newest = numbers.at(-1) ?? last;
      if (newest < last) this.faults.push(`went back from ${last} to ${newest}`);
      if (last >= 0 && (numbers[0] ?? 0) > last + 1) this.faults.push(`missed ${last + 1} to ${numbers[0]}`);
      for (const number of numbers.filter((each) => each > last)) {
        const segment = await fetch(`${server.url}${base}/seg/${number}.ts`, { signal: this.#life.signal });
        const bytes = await segment.arrayBuffer();
        if (segment.status !== 200 || bytes.byteLength % 188 !== 0)
          this.faults.push(`segment ${number}: ${segment.status}, ${bytes.byteLength} bytes`);
        this.#got();
      }
      last = newest;
      await sleep(700);
    }
  }
}

/** The id of the screen that a card names. */
const screenOf = (card: string) => /📺 (\S+)/u.exec(card)?.[1]?.toLowerCase() ?? '';
const status = async (screen: string) => (await server.get(`/stream_status?screen=${screen}`)).body;
const names = [
  'tf1',
  'alpha une',
  'alpha deux',
  'beta une',
  'beta deux',
  'beta trois',
  'gamma une',
  'gamma deux',
];

describe('three screens on three accounts', () => {
  it(
    `keep the limits, their players and true cards through ${WISHES} wishes, moves, stops and faults`,
    async () => {
      const random = new Random(SEED);
      const oneOf = <T>(things: readonly T[]): T => things[random.whole(0, things.length - 1)] as T;
      const anna = room.discord.fake.user(ids.anna);
      const channels: { id: number | string; name: string }[] = (await server.get('/api/channels?limit=50'))
        .body.items;
      const play = (screen: string, id: number | string) =>
        server.post('/set_active_stream', { channel_id: id, screen });
      const kinds: Record<string, () => Promise<unknown>> = {
        wish: () => play(oneOf(screens), oneOf(channels).id),
        chat: () => ada.say(ADA, `/play ${oneOf(names)} > ${oneOf(screens)}`).reply(),
        discord: async () => {
          await anna
            .command(ids.tv, 'play', { channel: oneOf(names), screen: oneOf(screens) })
            .answered(20_000);
        },
        move: async () => {
          const from = oneOf(screens);
          const to = oneOf(screens.filter((each) => each !== from));
          const { channel_id: id } = await status(from);
          if (id === null) return;
          if ((await play(to, id)).status === 200) await server.post('/stop_stream', { screen: from });
        },
        stop: () => server.post('/stop_stream', { screen: oneOf(screens) }),
        room: () => ada.say(ADA, `/screen use ${oneOf(screens)}`).reply(),
        burst: () => Promise.all(screens.map((screen) => play(screen, oneOf(channels).id))),
        cut: async () => oneOf([one, two]).cut(),
        down: async () => {
          const panel = oneOf([one, two]);
          panel.live.set('*', (_request, response) => void response.writeHead(503).end());
          panel.cut();
          await sleep(1_500);
          panel.live.set('*', source.serve);
        },
        list: async () => {
          list.isDown = true;
          await sleep(1_500);
          list.isDown = false;
        },
      };
      const order = [
        'wish',
        'wish',
        'wish',
        'chat',
        'chat',
        'discord',
        'move',
        'stop',
        'room',
        'burst',
        'cut',
        'down',
        'list',
      ];
      for (let at = 0; at < WISHES; at++) {
        const kind = oneOf(order);
        await kinds[kind]?.();
        expect([at, kind, one.mostOpen <= 1, two.mostOpen <= 2, list.most <= 1]).toEqual([
          at,
          kind,
          true,
          true,
          true,
        ]);
        await sleep(random.whole(0, 400));
      }
      for (const player of players)
        expect([player.name, player.faults, player.longestGap < LONGEST_GAP]).toEqual([
          player.name,
          [],
          true,
        ]);

      // Each place's card says what is on its screen, and follows it.
      const card = await ada.say(ADA, '/status').reply();
      await anna.command(ids.tv, 'status').answered(20_000);
      const inDiscord = room.discord.fake.messages(ids.tv).at(-1)?.id;
      const shown = {
        telegram: () => room.telegram.message(card.id)?.text ?? '',
        discord: () => readIn(room.discord.fake.messages(ids.tv).find(({ id }) => id === inDiscord)),
      };
      const own = screenOf(card.text);
      for (const screen of screens) await server.post('/stop_stream', { screen });
      await play(own, 2);
      const isTrue = async (text: string) => {
        const { channel_label: label } = await status(screenOf(text));
        const expected =
          label === null ? /Nothing is on air|Rien à l’antenne/ : new RegExp(`● (?:\\*\\*)?${label}`, 'u');
        return expected.test(text) || text;
      };
      expect((await status(own)).channel_label).toBe('Alpha Une');
      await expect.poll(shown.telegram, { timeout: 40_000 }).toContain('● Alpha Une');
      await expect.poll(() => isTrue(shown.telegram()), { timeout: 40_000 }).toBe(true);
      await expect.poll(() => isTrue(shown.discord()), { timeout: 40_000 }).toBe(true);
    },
    Math.max(120_000, WISHES * 3_000),
  );
});
