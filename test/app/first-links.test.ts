import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { startApp } from '../fakes/running-app.ts';

let dataDirs: DataDirs;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
});
afterAll(() => dataDirs?.remove());

it('every start of the first days prints a link of its own, which ends the one before', async () => {
  const dataDir = await dataDirs.next();
  const links: string[] = [];
  for (let start = 0; start < 2; start++) {
    const { app, first, url } = await startApp(dataDir, { ADMIN_TOKEN: '' });
    try {
      links.push(first?.loginPath ?? '');
      const statuses = links.map(async (path) => (await fetch(url + path)).status);
      expect(await Promise.all(statuses)).toEqual([...Array<number>(start).fill(410), 200]);
    } finally {
      await app.stop();
    }
  }
}, 60_000);
