import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { type Scene, startScene } from '../fakes/discord/scene.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';

let dataDirs: DataDirs;
let discord: Scene;
let telegram: FakeTelegram;
let server: RunningApp;
beforeAll(async () => {
  [dataDirs, discord, telegram] = await Promise.all([DataDirs.create(), startScene(), FakeTelegram.start()]);
  server = await startApp(await dataDirs.next(), {
    DISCORD_TOKEN: 'no-token-of-discord',
    DISCORD_API_URL: discord.fake.api,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    TELEGRAM_VIEWER_IDS: '7',
  });
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  await discord?.fake.stop();
  await telegram?.stop();
  await dataDirs?.remove();
});

it('a refused token ends its bot alone, with one sentence: the other bot and the server run on', async () => {
  const complaints = () => server.log().filter(({ msg }) => String(msg).includes('token is refused'));
  await expect.poll(complaints, { timeout: 10_000 }).toHaveLength(1);
  expect(complaints()[0]?.msg).toBe('Discord: the token is refused: enter a new one on the set-up page.');
  await telegram.user(7).start().reply();
  expect((await server.get('/stream_status')).status).toBe(200);
  expect(JSON.stringify(server.log())).not.toContain('no-token-of-discord');
}, 20_000);
