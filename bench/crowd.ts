/** A worker with many viewers, each of which fetches a playlist every two seconds and every new segment once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Agent, request } from 'undici';
import { z } from 'zod';

const POLL = 2_000;

export interface CrowdOptions {
  readonly url: string;
  readonly viewers: number;
}

const { url, viewers } = z.object({ url: z.string(), viewers: z.number() }).parse(workerData);
const dispatcher = new Agent({ connections: viewers });
let bytes = 0;

for (let viewer = 0; viewer < viewers; viewer++) void view(viewer);
parentPort?.on('message', () => parentPort?.postMessage(bytes));

async function view(viewer: number): Promise<void> {
  const headers = { 'user-agent': `viewer ${viewer}` };
  let last = 0;
  await sleep((POLL / viewers) * viewer);
  for (;;) {
    const begun = performance.now();
    try {
      const { body } = await request(`${url}/live/index.m3u8`, { dispatcher, headers });
      for (const [uri, number] of (await body.text()).matchAll(/seg\/(\d+)\.ts/g)) {
        if (Number(number) <= last) continue;
        last = Number(number);
        const segment = await request(`${url}/live/${uri}`, { dispatcher, headers });
        for await (const chunk of segment.body) bytes += (chunk as Buffer).length;
      }
    } catch {
      // The server ends before its viewers.
    }
    await sleep(Math.max(0, POLL - (performance.now() - begun)));
  }
}
