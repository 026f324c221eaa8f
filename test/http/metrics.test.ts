import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, bearer, type FakeHttp, startFakeHttp, VIEWER_KEY } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ trustProxy: true, key: true });
});
afterEach(() => fake.stop());

const FAR = '192.0.2.7';
const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  fake.app.inject({ url: '/metrics', remoteAddress, headers });

/** A new token of the API. */
async function tokenOf(role: string): Promise<string> {
  const answer = await fake.app.inject({
    method: 'POST',
    url: '/api/tokens',
    headers: bearer,
    payload: { name: `Prometheus ${role}`, role },
  });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ token: string }>().token;
}

describe('GET /metrics', () => {
  it('answers this machine without anything, in the format of Prometheus', async () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      const { statusCode, headers, body } = await from(address);
      expect([address, statusCode]).toEqual([address, 200]);
      expect(headers['content-type']).toContain('text/plain; version=0.0.4');
      expect(headers['cache-control']).toBe('no-store');
      expect(body).toContain('# TYPE zapette_viewers gauge');
    }
  });

  it('answers other machines with the admin token or a token of an admin alone', async () => {
    expect((await from(FAR)).statusCode).toBe(401);
    expect((await from(FAR, { authorization: 'Bearer wrong' })).statusCode).toBe(401);
    expect((await from(FAR, bearer)).statusCode).toBe(200);
    const admin = await tokenOf('admin');
    expect((await from(FAR, { authorization: `Bearer ${admin}` })).statusCode).toBe(200);
    const controller = await tokenOf('controller');
    expect((await from(FAR, { authorization: `Bearer ${controller}` })).statusCode).toBe(403);
  });

  it('believes no header about where a request comes from', async () => {
    expect((await from(FAR, { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(401);
    expect((await from(FAR, { forwarded: 'for=127.0.0.1', 'x-real-ip': '127.0.0.1' })).statusCode).toBe(401);
  });

  it('takes what a proxy on this machine passes on for a request from outside', async () => {
    expect((await from('127.0.0.1', { 'x-forwarded-for': FAR })).statusCode).toBe(401);
    expect((await from('127.0.0.1', { 'x-forwarded-for': FAR, ...bearer })).statusCode).toBe(200);
  });

  it('names no channel, no person, no key and no address', async () => {
    const { context, screen } = fake;
    fake.secrets.add('p@ss w/örd');
    await fake.app.inject({
      method: 'POST',
      url: '/set_active_stream',
      headers: bearer,
      payload: { channel_id: 1 },
    });
    fake.publish();
    const { channel, askedBy } = screen.broadcast.status;
    const { body } = await from('127.0.0.1');
    expect(body).toContain('zapette_source_bitrate_bits{screen="live"}');
    expect(channel?.name).toBeTruthy();
    const never = [channel?.name, channel?.id, askedBy?.name, ADMIN_TOKEN, VIEWER_KEY, 'p@ss', '://'];
    for (const text of never) expect([text, body.includes(String(text))]).toEqual([text, false]);
    for (const { name } of context.catalogue.snapshot().channels) expect(body).not.toContain(name);
  });
});
