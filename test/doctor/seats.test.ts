import { afterEach, beforeEach, expect, it } from 'vitest';
import { seatsOf } from '../../src/doctor/seats.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ trustProxy: true });
});
afterEach(() => fake.stop());

const upload = 20e6;
const watch = (address: string, agent = 'Kodi') =>
  fake.app.inject({
    url: '/live/index.m3u8',
    remoteAddress: address,
    headers: { 'user-agent': agent },
  });
const seats = (edges = 0) => seatsOf({ upload, screens: fake.context.screens, edges });

it('counts the viewers who come over the line, and the bitrate of what is on', async () => {
  expect(seats()).toBeNull();
  await fake.app.inject({
    method: 'POST',
    url: '/set_active_stream',
    headers: bearer,
    payload: { channel_id: 1 },
  });
  fake.publish();
  const { bitrate } = fake.screen.broadcast.status;
  expect(seats()).toEqual({ upload, bitrate, taken: 0 });
  for (const near of ['127.0.0.1', '192.168.1.20', '::ffff:10.0.0.7', 'fd00::2']) await watch(near);
  expect(seats()?.taken).toBe(0);
  for (const far of ['8.8.8.8', '9.9.9.9', '2a01:e0a::1', '::ffff:8.8.4.4']) await watch(far);
  await watch('8.8.8.8', 'VLC');
  expect(seats()?.taken).toBe(5);
});

it('counts an edge once in place of its viewers, but not for streams that come from home', async () => {
  await fake.app.inject({
    method: 'POST',
    url: '/set_active_stream',
    headers: bearer,
    payload: { channel_id: 1 },
  });
  fake.publish();
  for (const far of ['8.8.8.8', '9.9.9.9', '1.1.1.1']) await watch(far);
  fake.screen.viewers.connected('8.8.4.4 VLC');
  expect(seats(1)?.taken).toBe(2);
  expect(seats(2)?.taken).toBe(3);
  expect(seatsOf({ upload: null, screens: fake.context.screens, edges: 0 })).toBeNull();
});
