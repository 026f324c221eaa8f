/** Takes the README's screenshots from a running demo: `node scripts/take-screenshots.ts`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { launchBrowser } from './browser.ts';

const TOKEN = 'screenshot-token';
const file = (name: string) => fileURLToPath(new URL(`../docs/images/${name}`, import.meta.url));

const dataDir = await mkdtemp(join(tmpdir(), 'zapette-pictures-'));
const server = execa(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
  env: { PORT: '0', DATA_DIR: dataDir, ADMIN_TOKEN: TOKEN },
  reject: false,
});
const url = await new Promise<string>((resolve, reject) => {
  let said = '';
  server.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const found = /"url":"([^"]+)"/.exec(said)?.[1];
    if (found) resolve(found);
  });
  void server.then(() => reject(new Error(said)));
});
const browser = await launchBrowser();
try {
  const desktop = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en' });
  await desktop.goto(`${url}/#token=${TOKEN}`);
  await desktop.getByText('Un', { exact: true }).first().waitFor();
  await fetch(`${url}/set_active_stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel_id: 201 }),
  });
  await desktop.waitForTimeout(2_000);
  await desktop.screenshot({ path: file('console.png') });
  await desktop.goto(`${url}/#guide`);
  await desktop.locator('.guide-cell').first().waitFor();
  await desktop.screenshot({ path: file('console-guide.png') });
  const watch = await browser.newPage({ viewport: { width: 1280, height: 720 }, locale: 'en' });
  await watch.goto(`${url}/watch`);
  await watch.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1);
  await watch.mouse.move(400, 400);
  await watch.waitForTimeout(800);
  await watch.screenshot({ path: file('watch.png') });
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'fr' });
  await phone.goto(`${url}/watch`);
  await phone.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1);
  await phone.waitForTimeout(800);
  await phone.screenshot({ path: file('watch-phone.png') });
} finally {
  await browser.close();
  server.kill();
  await server;
  await rm(dataDir, { recursive: true, force: true });
}
