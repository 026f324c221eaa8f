import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bearer, createSegment, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

describe('/live.ts', () => {
  it('tells Jellyfin by HEAD that it is a transport stream, and returns', async () => {
    const response = await fake.app.inject({ method: 'HEAD', url: '/live.ts' });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('video/mp2t');
    expect(response.rawPayload.length).toBe(0);
  });

  it('is one body that goes on across a switch, and whose reader counts as a viewer until it leaves', async () => {
    const url = await fake.listen();
    const leave = new AbortController();
    const response = await fetch(`${url}/live.ts`, { signal: leave.signal });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('video/mp2t');
    expect(response.headers.get('content-length')).toBeNull();
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let bytes = Buffer.alloc(0);
    const readUntil = async (size: number): Promise<void> => {
      while (bytes.length < size) {
        const { value, done } = await reader.read();
        if (done) throw new Error('the body ended');
        bytes = Buffer.concat([bytes, value]);
      }
    };
    const length = createSegment(0).bytes.length;
    await readUntil(2 * length);
    const { broadcast } = fake.screen;
    expect(broadcast.status.viewers).toBe(1);
    await fake.app.inject({
      method: 'POST',
      url: '/set_active_stream',
      headers: bearer,
      payload: { channel_id: 1 },
    });
    fake.publish(0x77);
    await readUntil(4 * length);
    expect(bytes[2 * length + 5]).toBe(0x60);
    expect(bytes[3 * length + 5]).toBe(0x77);
    for (let at = 0; at < bytes.length; at += 188) expect(bytes[at]).toBe(0x47);

    leave.abort();
    await expect.poll(() => broadcast.status.viewers).toBe(0);
    fake.publish();
  });
});
