import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';

let dataDirs: DataDirs;
let servers: [FakeTelegram, FakeTelegram];
let running: RunningApp;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  servers = [await FakeTelegram.start(), await FakeTelegram.start()];
  running = await startApp(await dataDirs.next(), { ADMIN_TOKEN: '' });
}, 60_000);
afterAll(async () => {
  await running?.app.stop();
  await Promise.all(servers?.map((server) => server.stop()) ?? []);
  await dataDirs?.remove();
});

it('a secret that is set while the server runs stays out of the log', async () => {
  const secrets = {
    ADMIN_TOKEN: 'admin-token-set-later',
    DISCORD_TOKEN: 'discord-token-set-later',
    DISCORD_CLIENT_SECRET: 'client-secret-set-later',
  };
  const { settings, logger, log } = running;
  await settings.change({
    ...secrets,
    DISCORD_CLIENT_ID: '1',
    DISCORD_GUILD_ID: '2',
    DISCORD_API_URL: 'http://ada:proxy-password@127.0.0.1:9',
    PUBLIC_URL: 'http://127.0.0.1:8002',
  });
  const all = [...Object.values(secrets), 'proxy-password'];
  for (const secret of all) logger.error({ secret, err: new Error(`no answer: ${secret}`) }, secret);
  await expect
    .poll(() => log().filter(({ level }) => level === 50).length)
    .toBeGreaterThanOrEqual(all.length);
  for (const secret of all) expect(JSON.stringify(log())).not.toContain(secret);
}, 20_000);

it('a Bot API server learns no webhook secret that counts for another one', async () => {
  const learnt: string[] = [];
  for (const server of servers) {
    await running.settings.change({
      ...{ TELEGRAM_TOKEN: server.token, TELEGRAM_API_URL: server.url, TELEGRAM_WEBHOOK: 'true' },
      PUBLIC_URL: 'http://127.0.0.1:8002',
    });
    const call = () => server.calls.find(({ method }) => method === 'setWebhook');
    await expect.poll(call, { timeout: 15_000 }).toBeDefined();
    learnt.push(String(call()?.params.secret_token));
  }
  expect(new Set(learnt).size).toBe(2);
  for (const secret of learnt) expect(secret).toMatch(/^[\w-]{20,256}$/);
}, 40_000);
