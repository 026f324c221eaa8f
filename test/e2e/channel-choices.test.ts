import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { openPage, overflow, picture, seriousFindings } from './browser-page.ts';

let dataDirs: DataDirs;
let panel: FakePanel;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  panel = await FakePanel.start({
    channels: [
      { id: 1, name: 'FR| TF1 HD' },
      { id: 2, name: 'FR| TF1 SD' },
      { id: 3, name: 'FR| TELE UNE' },
      { id: 4, name: 'FR| ARTE' },
    ],
  });
  const account = { XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password };
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), account), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

it('an admin names and numbers a channel, makes two one, hides one, and undoes it, by keyboard', async () => {
  const { page, complaints } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`);
  const press = async (name: string, within = page.locator('body')) => {
    await within.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  const row = (name: string) => page.locator('.channel', { hasText: name });
  const dialogOf = (name: string) => page.getByRole('dialog', { name: `Change ${name}` });

  await press('Change TF1');
  await dialogOf('TF1').getByText('FR| TF1 SD').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await picture(page, 'console-channel-choice');
  await dialogOf('TF1').getByLabel('Name').fill('La Une');
  await dialogOf('TF1').getByLabel('Number').fill('101');
  await page.keyboard.press('Enter');
  await row('La Une').getByText('101').waitFor();

  await press('Change TELE UNE');
  await dialogOf('TELE UNE').getByLabel('Number').fill('101');
  await page.keyboard.press('Enter');
  await page.getByText('Number 101 is that of La Une already').waitFor();
  await dialogOf('TELE UNE').getByRole('searchbox', { name: 'The same channel as…' }).fill('la une');
  await press('The same as La Une');
  await row('TELE UNE').waitFor({ state: 'detached' });

  await press('Change ARTE');
  await press('Hide', dialogOf('ARTE'));
  await row('ARTE').waitFor({ state: 'detached' });

  await press('Changed channels (2)');
  const list = page.getByRole('dialog', { name: 'Changed channels' });
  expect(await seriousFindings(page)).toEqual([]);
  await press('Undo all changes of ARTE', list);
  await row('ARTE').waitFor();
  await press('Undo all changes of La Une', list);
  await row('TF1').waitFor();
  await row('TELE UNE').waitFor();
  await list.getByText('No channel is changed.').waitFor();
  await press('Close', list);
  expect(complaints).toEqual([]);
}, 60_000);

it('an admin leaves channels out by their names on the set-up page', async () => {
  const { page, complaints } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`);
  await page.getByRole('link', { name: 'Guide' }).waitFor();
  await page.goto(`${server.url}/setup#channels`);
  const field = page.getByLabel('HIDDEN_CHANNELS', { exact: true });
  const save = page.getByRole('button', { name: 'Save the channels by their names' });
  await field.fill('*');
  await save.click();
  await page.getByText('HIDDEN_CHANNELS must be words').waitFor();
  await field.fill('télé *\narte');
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await picture(page, 'setup-names');
  await save.click();
  await page.getByText('Saved. The list is read again.').waitFor();
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const names = async () =>
    (
      (await (await fetch(`${server.url}/api/channels/grouped`, { headers })).json()) as {
        items: { name: string }[];
      }
    ).items.map(({ name }) => name);
  await expect.poll(names).toEqual(['TF1']);
  // The refused value is one of them: the browser notes each answer of 400.
  expect(complaints.filter((complaint) => !complaint.includes('400'))).toEqual([]);
}, 60_000);
