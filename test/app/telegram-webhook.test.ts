import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';

let dataDirs: DataDirs;
let telegram: FakeTelegram;
let server: RunningApp;
beforeAll(async () => {
  [dataDirs, telegram] = await Promise.all([DataDirs.create(), FakeTelegram.start()]);
  const port = await freePort();
  server = await startApp(await dataDirs.next(), {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    TELEGRAM_WEBHOOK: 'true',
    TELEGRAM_VIEWER_IDS: '7',
  });
  await telegram.called('setWebhook');
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  await telegram?.stop();
  await dataDirs?.remove();
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

it('TELEGRAM_WEBHOOK=true: what is written reaches the bot by PUBLIC_URL, and the secret no log', async () => {
  await telegram.user(7).start().reply();
  expect(telegram.deliveries.map(({ status }) => status)).toEqual([204]);
  const [call] = telegram.calls.filter(({ method }) => method === 'setWebhook');
  const secret = String(call?.params.secret_token);
  expect(secret).toMatch(/^[\w-]{20,}$/);
  expect(JSON.stringify(server.log())).not.toContain(secret);
}, 20_000);
