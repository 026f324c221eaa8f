import { afterAll, beforeAll, expect, it } from 'vitest';
import { printedAddresses } from '../artefact/documents.ts';
import { tryAddresses } from '../artefact/printed-addresses.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let dataDirs: DataDirs;
let panel: FakePanel;
let server: RunningApp;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  panel = await FakePanel.start({ channels: [{ id: 1, name: 'One' }] });
  server = await startApp(await dataDirs.next(), {
    XTREAM_URL: panel.url,
    XTREAM_USERNAME: panel.username,
    XTREAM_PASSWORD: panel.password,
  });
});
afterAll(async () => {
  await server?.app.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

it('every address that the server and its documents print is answered', async () => {
  const tried = await tryAddresses(await printedAddresses(server.url), ADMIN_TOKEN);
  const paths = tried.map(({ url }) => new URL(url).pathname);
  expect(paths).toEqual(expect.arrayContaining(['/logo.png', '/live/index.m3u8', '/watch', '/live.ts']));
  expect(paths.filter((path) => path.startsWith('/assets/')).length).toBeGreaterThan(5);
  expect(tried.filter(({ status }) => status === 404 || status >= 500)).toEqual([]);
});
