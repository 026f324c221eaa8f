import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askEdge, newestOf } from '../../src/web/watch/edge-questions.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A playlist whose last segment has this number. */
const upTo = (last: number) =>
  `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:${last - 1}\n#EXTINF:2.000,\na.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2.000,\nb.ts\n`;
const playlist = { now: 'now', with: (segment: number) => `with ${segment}` };

/** An edge that answers as it is told; null: never. */
function edgeThat(answer: (url: string) => { after: number; text?: string; status?: number } | null) {
  const fetched = vi.fn((url: string, { signal }: { signal: AbortSignal }) => {
    const told = answer(url);
    return new Promise<Response>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      if (told)
        setTimeout(() => resolve(new Response(told.text ?? '', { status: told.status ?? 200 })), told.after);
    });
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

/** What comes of a question, and after how many milliseconds. */
async function ask(next: number | null) {
  const began = performance.now();
  const asked = askEdge(playlist, next, new AbortController().signal).then((text) => ({
    newest: text === null ? null : newestOf(text),
    after: performance.now() - began,
  }));
  await vi.advanceTimersByTimeAsync(20_000);
  return asked;
}

describe('askEdge', () => {
  it('gets any playlist at once, and one with a segment when that is there', async () => {
    edgeThat((url) => (url === 'now' ? { after: 10, text: upTo(7) } : { after: 900, text: upTo(8) }));
    expect(await ask(null)).toEqual({ newest: 7, after: 10 });
    expect(await ask(8)).toEqual({ newest: 8, after: 900 });
  });

  it('waits for a segment that is late, as long as the edge shows that it is there', async () => {
    edgeThat((url) => (url === 'now' ? { after: 10, text: upTo(7) } : { after: 6_000, text: upTo(8) }));
    expect(await ask(8)).toEqual({ newest: 8, after: 6_000 });
  });

  it('takes a segment that the edge has, though it still holds another answer', async () => {
    edgeThat((url) => (url === 'now' ? { after: 10, text: upTo(9) } : null));
    expect(await ask(8)).toEqual({ newest: 9, after: 1_210 });
  });

  it('gives up an edge that is silent before the picture stands still, and one that refuses at once', async () => {
    edgeThat(() => null);
    expect(await ask(8)).toEqual({ newest: null, after: 2_700 });
    edgeThat(() => ({ after: 10, status: 404 }));
    expect(await ask(8)).toEqual({ newest: null, after: 10 });
  });

  it('asks no more once it has an answer', async () => {
    const fetched = edgeThat((url) => (url === 'now' ? null : { after: 900, text: upTo(8) }));
    await ask(8);
    expect(fetched.mock.calls.map(([url]) => url)).toEqual(['with 8']);
  });
});

describe('newestOf', () => {
  it('is the number of the last segment', () => {
    expect(newestOf(upTo(42))).toBe(42);
  });
});
