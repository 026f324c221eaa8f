import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Etiquette } from '../../src/domain/etiquette.ts';
import { channelsOf } from '../commands/asking.ts';
import { bearer, type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

const ana = { id: 'discord:1', name: 'Ana' };
const bob = { id: 'discord:2', name: 'Bob' };
type Headers = Record<string, string>;

let fake: FakeHttp;
const post = (url: string, headers: Headers, payload: object = {}) =>
  fake.app.inject({ method: 'POST', url, headers: { 'accept-language': 'en', ...headers }, payload });
const onAir = async () => (await fake.app.inject('/stream_status')).json().channel_id;

async function start(
  etiquette?: Etiquette,
  options: FakeHttpOptions = {},
): Promise<{ ana: Headers; bob: Headers; controller: Headers }> {
  fake = await startFakeHttp({ ...options, ...(etiquette ? { etiquette } : {}) });
  const people = {
    ana: logIn(fake, 'viewer', ana),
    bob: logIn(fake, 'viewer', bob),
    controller: logIn(fake, 'controller'),
  };
  expect((await post('/set_active_stream', people.controller, { channel_id: 1 })).statusCode).toBe(200);
  await post('/stop_stream', people.controller);
  return people;
}
afterEach(() => fake.stop());

/** Somebody has the watch page open. */
async function watch(): Promise<void> {
  const page = await fake.app.inject('/watch');
  const [cookie = ''] = String(page.headers['set-cookie']).split(';');
  expect((await fake.app.inject({ url: '/internal_stream.m3u8', headers: { cookie } })).statusCode).toBe(200);
}

describe('a viewer who disturbs others', () => {
  let people: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    people = await start();
    await post('/set_active_stream', people.ana, { channel_id: 1 });
    await watch();
  });

  it('is asked first, with the whole question', async () => {
    const response = await post('/set_active_stream', people.bob, { channel_id: 3 });
    expect(response.statusCode).toBe(409);
    expect(response.json()).toEqual({
      error: {
        code: 'others_watching',
        message:
          'Others are watching TF1 (viewers: 1): to switch to Arte anyway, send the request again with "confirm": true.',
        viewers: 1,
        channel: { id: 1, name: 'TF1 HD', label: 'TF1' },
        asked_by: 'Ana',
        wanted: { id: 3, name: 'Arte', label: 'Arte' },
        interrupts: null,
      },
    });
    expect(await onAir()).toBe(1);
  });

  it('is asked with the names that the status has, which tell two channels of one name apart', async () => {
    await fake.stop();
    const category = { id: '3', name: 'FR| GENERAL' };
    people = await start('polite', {
      channels: channelsOf(['FR| RTL HD', 'DE| RTL FHD', 'FR M6 HD'], category),
      categories: [category],
    });
    await post('/set_active_stream', people.ana, { channel_id: 1 });
    await watch();
    const status = (await fake.app.inject('/stream_status')).json();
    const ask = async (id: number) =>
      (await post('/set_active_stream', people.bob, { channel_id: id })).json().error;
    expect(await ask(2)).toMatchObject({
      message: expect.stringContaining('RTL (FR) (viewers: 1): to switch to RTL (DE) anyway'),
      channel: { id: 1, label: 'RTL (FR)' },
      wanted: { id: 2, label: 'RTL (DE)' },
    });
    expect((await ask(3)).wanted).toMatchObject({ label: 'M6' });
    expect(status.channel_label).toBe('RTL (FR)');
  });

  it('switches with a confirmation', async () => {
    const response = await post('/set_active_stream', people.bob, { channel_id: 3, confirm: true });
    expect([response.statusCode, response.json().asked_by]).toEqual([200, 'Bob']);
    expect(await onAir()).toBe(3);
  });

  it('is asked again where the confirmation was for another channel', async () => {
    const wish = { channel_id: 3, confirm: true };
    expect((await post('/set_active_stream', people.bob, { ...wish, instead_of: 2 })).statusCode).toBe(409);
    expect((await post('/set_active_stream', people.bob, { ...wish, instead_of: 1 })).statusCode).toBe(200);
  });

  it('is asked with an API token too', async () => {
    const made = await post('/api/tokens', bearer, { name: 'panel', role: 'viewer' });
    const token = { authorization: `Bearer ${made.json().token}` };
    expect((await post('/set_active_stream', token, { channel_id: 3 })).statusCode).toBe(409);
  });

  it('is told that there is no such channel', async () => {
    expect((await post('/set_active_stream', people.bob, { channel_id: 99 })).json().error.code).toBe(
      'channel_not_found',
    );
  });

  it('may not stop another person’s channel, but may stop their own', async () => {
    const refused = await post('/stop_stream', people.bob);
    expect([refused.statusCode, refused.json().error.code]).toEqual([403, 'stop_not_yours']);
    expect((await post('/stop_stream', people.ana)).statusCode).toBe(200);
  });

  it('is refused what is for controllers, without an id in the sentence', async () => {
    const refused = await post('/restart_stream', people.ana);
    expect(refused.statusCode).toBe(403);
    expect(refused.json().error.message).toBe('You may not do that here: ask an admin for more rights.');
  });

  it('is not a controller, nor the person who put the channel on', async () => {
    expect((await post('/set_active_stream', people.ana, { channel_id: 2 })).statusCode).toBe(200);
    expect((await post('/set_active_stream', people.controller, { channel_id: 3 })).statusCode).toBe(200);
  });
});

describe('POST /set_active_stream by the etiquette', () => {
  it('with "free" asks nobody', async () => {
    const people = await start('free');
    await post('/set_active_stream', people.ana, { channel_id: 1 });
    await watch();
    expect((await post('/set_active_stream', people.bob, { channel_id: 3 })).statusCode).toBe(200);
  });

  it('with "controllers" refuses viewers, with a confirmation too', async () => {
    const people = await start('controllers');
    const refused = await post('/set_active_stream', people.ana, { channel_id: 1, confirm: true });
    expect([refused.statusCode, refused.json().error.code]).toEqual([403, 'controllers_only']);
  });
});
