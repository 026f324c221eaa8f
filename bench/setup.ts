/**
 * Sets up a new server on its set-up page in Chromium, by mouse, with a provider, a Discord and a Telegram on loopback: what
 * a new owner presses and types, and how long the server makes them wait. Reading and thinking come on top.
 *
 *   node bench/setup.ts
 */
import { launchBrowser } from '../scripts/browser.ts';
import {
  chooseViewers,
  goBack,
  NewOwner,
  openLink,
  putOnAir,
  setUpDiscord,
  setUpTelegram,
  useSubscription,
} from '../test/e2e/new-owner.ts';
import { channels, NewOwnerWorld } from '../test/fakes/new-owner-world.ts';
import { startServerProcess } from '../test/fakes/server-process.ts';
import { table } from './tools.ts';

const [browser, world] = await Promise.all([launchBrowser(), NewOwnerWorld.start()]);
const owner = await NewOwner.sitDown(browser, 'mouse');
const rows: string[][] = [];

const begun = counts();
const server = await startServerProcess(world.env);
await part('own channel on air', begun, async () => {
  await openLink(owner, server.link);
  await useSubscription(owner, world);
  await chooseViewers(owner);
  await putOnAir(owner, channels.news);
});
await goBack(owner);
await part('Discord: a friend’s /play is on air', counts(), async () => {
  await setUpDiscord(owner, world, channels.film);
  await owner.looksAt(channels.film);
});
await part('Telegram: a group’s /play is on air', counts(), async () => {
  await setUpTelegram(owner, world, channels.sport);
  await owner.looksAt(channels.sport);
});
addRow('all', begun);
console.log(
  table(['reached', 'seconds', 'presses', 'fields filled', 'ids typed', 'restarts of the server'], rows),
);
await server.stop();
await browser.close();
await world.stop();

async function part(name: string, since: Counts, work: () => Promise<void>): Promise<void> {
  await work();
  addRow(name, since);
}

type Counts = ReturnType<typeof counts>;

function counts() {
  return {
    at: performance.now(),
    presses: owner.presses,
    fields: owner.typed.length,
    ids: owner.idsTyped(world.ids).length,
  };
}

function addRow(name: string, since: Counts): void {
  const now = counts();
  rows.push([
    name,
    ((now.at - since.at) / 1000).toFixed(1),
    String(now.presses - since.presses),
    String(now.fields - since.fields),
    String(now.ids - since.ids),
    String(server.restarts()),
  ]);
}
