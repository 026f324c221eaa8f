/**
 * Measures the console with 150,000 channels in Chromium: the time from a keystroke in the search to the painted answer,
 * the frames while scrolling through the list, and the page's memory.
 *
 *   node bench/console.ts [channels, 150000 unless given]
 */
import type { Page } from 'playwright-core';
import { launchBrowser } from '../scripts/browser.ts';
import { enlarge, makeCatalogue } from './search-catalogue.ts';
import { median, startPanel, startZapette, table } from './tools.ts';

const TOKEN = 'bench-admin-token';
const QUERIES = ['canal+ sport', 'sky sprots 4', 'tf1 uhd', 'rai cinema', 'bein sports', 'матч'];
const size = Number(process.argv[2] ?? 150_000);
/** Milliseconds between two letters, as of a fast typist. */
const TYPING = 120;

const entries = enlarge(makeCatalogue(50_000, 1), size, 1);
const panel = await startPanel(entries.map(([name], index) => ({ id: index + 1, name, serve: () => {} })));
const zapette = await startZapette({ account: panel.account });
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en' });
await page.goto(`${zapette.url}/#token=${TOKEN}`);
await page.waitForSelector('.channel-name');
await page.waitForTimeout(2_000);

const first = await memoryOf(page);
const keystrokes = await measureTyping(page);
const scrolling = await measureScrolling(page);
const last = await memoryOf(page);

console.log(`${size.toLocaleString('en')} entries, ${await page.locator('.channel-count').textContent()}`);
console.log(
  table(
    ['keystroke to painted answer', 'ms'],
    [
      ['median', median(keystrokes).toFixed(1)],
      ['95 %', percentile(keystrokes, 0.95).toFixed(1)],
      ['longest', Math.max(...keystrokes).toFixed(1)],
      ['keystrokes', String(keystrokes.length)],
    ],
  ),
);
console.log(
  table(
    ['scrolling through all of it', 'ms'],
    [
      ['median frame', median(scrolling).toFixed(1)],
      ['95 %', percentile(scrolling, 0.95).toFixed(1)],
      ['longest', Math.max(...scrolling).toFixed(1)],
    ],
  ),
);
console.log(
  table(
    ['memory of the page', 'JS heap MB', 'DOM nodes'],
    [
      ['at first', first.heap, first.nodes],
      ['after typing and scrolling', last.heap, last.nodes],
    ],
  ),
);
await browser.close();
await zapette.stop();
await panel.stop();

/** Milliseconds from the event to the end of the frame in which the rows changed. */
async function measureTyping(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { times });
    const painted = (then: () => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = then;
        port2.postMessage(null);
      });
    let since: number | null = null;
    document.getElementById('search')?.addEventListener('input', (event) => {
      since = event.timeStamp;
    });
    const answered = () => {
      const from = since;
      if (from === null || document.querySelector('.channel-list')?.getAttribute('aria-busy') === 'true')
        return;
      since = null;
      painted(() => times.push(performance.now() - from));
    };
    const list = document.querySelector('.channels');
    if (list) {
      new MutationObserver(answered).observe(list, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['aria-busy'],
      });
    }
  });
  for (const query of QUERIES) {
    await page.locator('#search').fill('');
    await page.waitForTimeout(500);
    await page.locator('#search').pressSequentially(query, { delay: TYPING });
    await page.waitForTimeout(500);
  }
  await page.locator('#search').fill('');
  await page.waitForTimeout(500);
  return page.evaluate('window.times');
}

/** Milliseconds between frames while the page scrolls from top to end in four seconds, and back. */
function measureScrolling(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const frames: number[] = [];
    const height = document.body.scrollHeight;
    const start = performance.now();
    let before = start;
    for (;;) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      frames.push(now - before);
      before = now;
      const share = (now - start) / 4_000;
      if (share > 2) return frames.slice(2);
      scrollTo(0, height * (share < 1 ? share : 2 - share));
    }
  });
}

async function memoryOf(page: Page): Promise<{ heap: string; nodes: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  await session.detach();
  return { heap: (value('JSHeapUsedSize') / 1e6).toFixed(1), nodes: String(value('Nodes')) };
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}
