import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { FakePanel, type FakePanelOptions } from '../fakes/xtream-panel.ts';

let panel: FakePanel;
afterEach(() => panel.stop());

/** A panel whose channel 1 stays open until its client goes. */
async function start(options: FakePanelOptions = {}): Promise<ServerResponse[]> {
  const responses: ServerResponse[] = [];
  panel = await FakePanel.start(options);
  panel.live.set(1, (_request, response) => {
    response.writeHead(200).write('bytes');
    responses.push(response);
  });
  return responses;
}

async function open(): Promise<{ status: number; close: () => void }> {
  const controller = new AbortController();
  const { status } = await fetch(`${panel.url}/live/user/pass/1.ts`, { signal: controller.signal });
  return { status, close: () => controller.abort() };
}

describe('FakePanel', () => {
  it('counts connections and refuses one above the limit', async () => {
    await start({ maxConnections: 1, refusal: 458 });
    const first = await open();
    expect(panel.open).toMatchObject([{ channelId: 1 }]);
    expect((await open()).status).toBe(458);
    first.close();
    await expect.poll(() => panel.open).toEqual([]);
    expect((await open()).status).toBe(200);
    expect(panel.mostOpen).toBe(1);
  });

  it('frees a connection late', async () => {
    await start({ lateFreeMs: 300 });
    (await open()).close();
    await expect.poll(() => panel.open).toEqual([]);
    expect((await open()).status).toBe(403);
    await expect.poll(async () => (await open()).status).toBe(200);
  });

  it('redirects to a balancer with a token that works once', async () => {
    await start({ redirectLive: true, maxConnections: 2 });
    const answer = await fetch(`${panel.url}/live/user/pass/1.ts`, { redirect: 'manual' });
    const location = answer.headers.get('location') ?? '';
    expect(answer.status).toBe(302);
    const controller = new AbortController();
    expect((await fetch(location, { signal: controller.signal })).status).toBe(200);
    expect((await fetch(location)).status).toBe(403);
    controller.abort();
  });

  it('refuses a wrong account and an unknown channel', async () => {
    await start();
    expect((await fetch(`${panel.url}/live/user/wrong/1.ts`)).status).toBe(401);
    expect((await fetch(`${panel.url}/live/user/pass/2.ts`)).status).toBe(404);
  });
});
