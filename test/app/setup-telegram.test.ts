import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';

const [ANA, BEN] = [7, 8];
let dataDirs: DataDirs;
let telegram: FakeTelegram;
let server: RunningApp;
beforeAll(async () => {
  [dataDirs, telegram] = await Promise.all([DataDirs.create(), FakeTelegram.start({ patience: 10_000 })]);
  server = await startApp(await dataDirs.next(), {
    TELEGRAM_API_URL: telegram.url,
    TELEGRAM_CONTROLLER_IDS: '-99',
  });
}, 60_000);
beforeEach(() => {
  telegram.user(ANA, { first_name: 'Ana' });
});
afterAll(async () => {
  await server?.app.stop();
  await telegram?.stop();
  await dataDirs?.remove();
});

async function call(method: 'GET' | 'PUT' | 'DELETE', path = '', body?: object) {
  const response = await fetch(`${server.url}/api/setup/telegram${path}`, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(15_000),
  });
  return { status: response.status, body: await response.json() };
}

it('a pasted token starts the bot; its owner becomes an admin and lets a group in, without a restart', async () => {
  const set = await call('PUT', '', { token: ` ${telegram.token}\n` });
  expect(set).toMatchObject({ status: 200, body: { has_token: true, bot: { username: 'zapette_bot' } } });
  await expect.poll(async () => (await call('GET')).body.state).toBe('on');
  const code = new URL(set.body.start_url).searchParams.get('start') ?? '';
  const ana = telegram.user(ANA);
  await ana.start(code).reply(/admin/);
  await ana.say(ANA, '/doctor').reply(/Telegram/);
  const group = telegram.group('Room', { members: [telegram.user(BEN)] });
  await telegram.user(BEN).say(group, '/status').reply();
  const { body } = await call('GET');
  expect(body).toMatchObject({
    start_url: null,
    admins: [{ id: '7', name: 'Ana' }],
    groups: [
      { title: 'Room', is_allowed: false },
      { id: '-99', is_allowed: true },
    ],
  });
  await call('PUT', `/groups/${group.id}`, { is_allowed: true });
  await telegram
    .user(BEN)
    .say(group, '/status')
    .reply(/Nothing is on/);
  expect(server.settings.current.telegram?.people).toMatchObject({
    admin: new Set(['7']),
    viewer: new Set([String(group.id)]),
  });
  expect(JSON.stringify(server.log())).not.toContain(telegram.token.split(':')[1]);
  expect(JSON.stringify(server.log())).not.toContain(code);
  expect(telegram.violations).toEqual([]);
}, 60_000);

it('a list that the environment decides stays, and the page learns why', async () => {
  const { status, body } = await call('PUT', '/groups/-99', { is_allowed: false });
  expect([status, body.error.code]).toEqual([400, 'settings_wrong']);
  expect(body.error.message).toContain('TELEGRAM_CONTROLLER_IDS');
}, 30_000);

it('without a token the bot is off, and nobody is answered', async () => {
  expect((await call('DELETE')).body).toMatchObject({ has_token: false, bot: null });
  await expect.poll(async () => (await call('GET')).body.state).toBe('off');
  expect(server.settings.current.telegram).toBeNull();
}, 30_000);
