import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

const GOOD = 1;
const BAD = 2;

let dataDirs: DataDirs;
let source: TsSource;
let panel: FakePanel;
let server: RunningApp;
/** The connections of the bad channel. */
const open: ServerResponse[] = [];
beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
  panel = await FakePanel.start({
    channels: [GOOD, BAD].map((id) => ({ id, name: `Channel ${id}` })),
    maxConnections: 2,
  });
  panel.live.set('*', source.serve);
  panel.live.set(BAD, (request, response) => {
    open.push(response);
    source.serve(request, response);
  });
  const { url, username, password } = panel;
  server = await startApp(await dataDirs.next(), {
    ...{ XTREAM_URL: url, XTREAM_USERNAME: username, XTREAM_PASSWORD: password },
  });
  await vi.waitFor(async () => expect((await server.get('/api/channels')).body.total).toBe(2), 20_000);
  await server.post('/api/screens', { name: 'Sport' });
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  source?.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

/** The hashes of the video's frames as they were encoded. */
async function framesOf(ts: Buffer): Promise<string[]> {
  const { path } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
  const args = ['-loglevel', 'error', '-f', 'mpegts', '-i', '-', '-map', '0:v:0', '-c', 'copy'];
  const { stdout } = await execa(path, [...args, '-f', 'framehash', '-'], { input: ts, reject: false });
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',')[5]?.trim() ?? '');
}

it('a screen whose source fails in every way changes no byte of another one', async () => {
  await server.post('/set_active_stream', { channel_id: GOOD });
  await server.post('/set_active_stream', { channel_id: BAD, screen: 'sport' });
  const segments = new Map<number, Buffer>();
  const look = async () => {
    const { body } = await server.get('/live/index.m3u8');
    for (const [, number] of String(body).matchAll(/^seg\/(\d+)\.ts$/gm)) {
      if (segments.has(Number(number))) continue;
      const response = await fetch(`${server.url}/live/seg/${number}.ts`);
      segments.set(Number(number), Buffer.from(await response.arrayBuffer()));
    }
  };
  const { first_segment: first } = (await server.get('/stream_status')).body;
  const lookFor = async (seconds: number) => {
    for (let looks = 0; looks < 2 * seconds; looks++) {
      await sleep(500);
      await look();
    }
  };
  // The recording lasts four seconds.
  await lookFor(9);
  const calmUntil = Math.max(...segments.keys());
  const faults: (() => void)[] = [
    () => panel.live.set(BAD, (_request, response) => void response.writeHead(503).end()),
    () => panel.live.set(BAD, (_request, response) => void response.end('<html>no</html>')),
    () =>
      panel.live.set(
        BAD,
        (_request, response) => void response.writeHead(200).write(Buffer.alloc(188 * 50, 0x47)),
      ),
    () => panel.live.set(BAD, (_request, response) => void response.writeHead(404).end()),
  ];
  for (const fault of faults) {
    fault();
    for (const response of open) response.destroy();
    await lookFor(3);
  }
  expect((await server.get('/stream_status?screen=sport')).body.state).not.toBe('live');
  const numbers = [...segments.keys()]
    .filter((number) => number >= first)
    .toSorted((one, other) => one - other);
  expect(numbers).toEqual(numbers.map((_, at) => (numbers[0] ?? 0) + at));
  const framesUpTo = (last: number) =>
    framesOf(
      Buffer.concat(
        numbers.filter((number) => number <= last).map((number) => segments.get(number) ?? Buffer.alloc(0)),
      ),
    );
  // Each frame of the recording with the one that follows it, also from its end to its beginning.
  const calm = await framesUpTo(calmUntil);
  const nextOf = new Map(calm.slice(0, -1).map((frame, at) => [frame, calm[at + 1]]));
  const all = await framesUpTo(Number.POSITIVE_INFINITY);
  expect(all.length).toBeGreaterThan(calm.length + 200);
  // The last one may be cut.
  expect(all.slice(1, -1)).toEqual(all.slice(0, -2).map((frame) => nextOf.get(frame)));
}, 60_000);
