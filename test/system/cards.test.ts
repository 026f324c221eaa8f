import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';

/** Runs the whole server twice in the same data folder, with Telegram's bot. */
const CONTROLLER = 8;

let dataDirs: DataDirs;
let telegram: FakeTelegram;
let server: RunningApp;
let start: () => Promise<RunningApp>;
beforeAll(async () => {
  [dataDirs, telegram] = await Promise.all([DataDirs.create(), FakeTelegram.start({ patience: 10_000 })]);
  const dataDir = await dataDirs.next();
  start = () =>
    startApp(dataDir, {
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_URL: telegram.url,
      TELEGRAM_CONTROLLER_IDS: String(CONTROLLER),
    });
  server = await start();
  await telegram.polled();
}, 90_000);
afterAll(async () => {
  await server?.app.stop();
  await telegram?.stop();
  await dataDirs?.remove();
  expect(telegram?.violations).toEqual([]);
});

it('a card is updated after a restart of the server, and leads back to the former channel', async () => {
  await expect
    .poll(async () => (await server.get('/api/channels')).body.total, { timeout: 10_000 })
    .toBeGreaterThan(9);
  const user = telegram.user(CONTROLLER, { language_code: 'en' });
  await user.start().reply();
  await user.say(CONTROLLER, '/play deux').reply(/Deux/);
  await expect
    .poll(async () => (await server.get('/stream_status')).body.channel_name, { timeout: 15_000 })
    .toBe('Deux');
  const card = await user.say(CONTROLLER, '/play météo zapette').reply(/Météo Zapette/);
  await expect.poll(() => telegram.message(card.id)?.text, { timeout: 15_000 }).toContain('● Météo Zapette');
  // Answers come one after another, so the card is stored by now.
  await user.say(CONTROLLER, '/help').reply(/what I can do/);
  await server.app.stop();

  server = await start();
  await telegram.polled();
  const shown = () => telegram.message(card.id)?.text;
  await expect
    .poll(async () => (await server.get('/stream_status')).body, { timeout: 20_000 })
    .toMatchObject({ state: 'live', channel_name: 'Météo Zapette' });
  await server.post('/stop_stream');
  await expect.poll(shown, { timeout: 40_000 }).toContain('Nothing is on');
  const now = telegram.message(card.id);
  if (!now) throw new Error('no card');
  await user.press(now, '◀ Météo Zapette').edit(/● Météo Zapette/);
  await expect.poll(() => telegram.message(card.id)?.buttons.flat()).toContain('◀ Deux');
}, 90_000);
