/**
 * Measures seeks in the past of a screen on /watch in Chromium: how far the first picture after a seek is from the moment that
 * was chosen on the timeline, and how long it takes to appear. The picture is a clock with keyframes every 5 s, in segments of
 * 2 s that begin wherever that is. Half of the seeks begin live, so that the list of the past has to be loaded first.
 *
 *   node bench/rewind.ts [seeks, 50 unless given] [minutes of the past, 20 unless given]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../scripts/browser.ts';
import { clockOn, fillPast } from '../test/fakes/clock-picture.ts';
import { median, startZapette, table } from './tools.ts';

const seeks = Number(process.argv[2] ?? 50);
const minutes = Number(process.argv[3] ?? 20);
/** Seconds from the chosen moment within which the picture is the right one. */
const RIGHT = 1;
/** Seconds from the picture before, which must not pass for the right one. */
const FAR = 10;
const PATIENCE = 15_000;

interface Seek {
  readonly from: 'live' | 'the past';
  /** Seconds; null if no right picture came. */
  readonly error: number | null;
  readonly milliseconds: number;
}

const dataDir = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const begin = await fillPast(join(dataDir, 'cache', 'rewind'), {
  ...{ channel: 0, seconds: minutes * 60, keyframeSeconds: 5, end: Date.now() },
});
const zapette = await startZapette({
  dataDir,
  keepData: true,
  env: { REWIND_MINUTES: String(minutes + 30) },
});
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
await page.goto(`${zapette.url}/watch`);
const slider = page.getByRole('slider', { name: 'Timeline' });
await slider.waitFor();
const found: Seek[] = [];
for (let count = 0; count < seeks; count++) {
  const from = count % 2 === 0 ? 'live' : 'the past';
  if (from === 'live') {
    await page.keyboard.press('End');
    await page.waitForTimeout(1_500);
  }
  found.push(await seek(from));
  console.log(found.at(-1));
  await page.waitForTimeout(500);
}
const rows = (['live', 'the past'] as const).map((from) => {
  const these = found.filter((one) => one.from === from);
  const right = these.filter(({ error }) => error !== null);
  const errors = right.map(({ error }) => Math.abs(error ?? 0));
  const times = right.map(({ milliseconds }) => milliseconds);
  return [
    `from ${from}`,
    `${right.length} of ${these.length}`,
    `${median(errors).toFixed(2)} s (${Math.max(...errors).toFixed(2)} s)`,
    `${median(times).toFixed(0)} ms (${Math.max(...times).toFixed(0)} ms)`,
  ];
});
console.log(table(['seek', `within ${RIGHT} s`, 'error, median (most)', 'time, median (most)'], rows));
await browser.close();
await zapette.stop();
await rm(dataDir, { recursive: true, force: true });

/** Presses the timeline at some place of what has a clock, and waits for the first picture that is near it. */
async function seek(from: Seek['from']): Promise<Seek> {
  const box = await slider.boundingBox();
  if (!box) throw new Error('there is no timeline');
  const [first, last] = await Promise.all(
    ['aria-valuemin', 'aria-valuemax'].map(async (name) => Number(await slider.getAttribute(name))),
  );
  const clockPart = (begin / 1000 + minutes * 60 - (first ?? 0)) / ((last ?? 0) - (first ?? 0));
  const before = await clockOn(page);
  /** Where the picture is, as far as it is of the past. */
  const shown = before?.channel === 0 ? before.seconds : -FAR;
  const someSecond = () => minutes * 60 * (0.02 + 0.94 * Math.random());
  let second = someSecond();
  while (Math.abs(second - shown) < FAR) second = someSecond();
  const x = box.x + box.width * clockPart * (second / (minutes * 60));
  await page.mouse.move(x, box.y + box.height / 2);
  await page.mouse.down();
  const chosen = Number(await slider.getAttribute('aria-valuenow')) - begin / 1000;
  const started = performance.now();
  await page.mouse.up();
  for (;;) {
    const clock = await clockOn(page);
    const milliseconds = performance.now() - started;
    const error = clock === null ? Number.NaN : clock.seconds - chosen;
    if (Math.abs(error) <= RIGHT) return { from, error, milliseconds };
    if (milliseconds > PATIENCE) {
      console.log(`wrong: ${chosen.toFixed(1)} chosen, ${clock?.seconds} shown`);
      return { from, error: null, milliseconds };
    }
    await page.waitForTimeout(10);
  }
}
