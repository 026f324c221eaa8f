import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Seen } from '../../src/web/common/contract/screens.ts';
import { PlaylistPlace } from '../../src/web/watch/playlist-place.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const EDGE = 'https://edge.example/e/x/1/live/';
const HOME = 'https://tv.example/internal_stream.m3u8?blocking=1';

/** A page whose server gives these answers in turn and then repeats the last; an Error makes the question fail. */
function placeWith(...answers: (Seen | Error)[]) {
  let asked = 0;
  const onRefused = vi.fn();
  const place = new PlaylistPlace({
    ask: async () => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      if (answer instanceof Error || !answer) throw answer;
      return answer;
    },
    isRefusal: (error) => error instanceof Error && error.message === 'refused',
    onRefused,
  });
  return { place, onRefused, asked: () => asked };
}

const nowAt = (place: PlaylistPlace) => place.onEdge(HOME)?.now ?? null;
const onEdge: Seen = { playlists: EDGE, again: 15 };
const atHome: Seen = { playlists: null, again: 60 };

describe('PlaylistPlace', () => {
  it('is home until the server names an edge, which it does anew at each answer', async () => {
    const { place } = placeWith(
      onEdge,
      { ...onEdge, playlists: 'https://other.example/e/x/1/live/' },
      atHome,
    );
    expect(place.onEdge(HOME)).toBeNull();
    place.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(nowAt(place)).toBe(`${EDGE}page.m3u8`);
    expect(place.onEdge(HOME)?.with(7)).toBe(`${EDGE}page-7.m3u8`);
    expect(place.onEdge(HOME.replace('stream', '540p'))?.now).toBe(`${EDGE}540p/page.m3u8`);
    expect(place.onEdge('https://tv.example/internal_auto.m3u8')).toBeNull();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(nowAt(place)).toBe('https://other.example/e/x/1/live/page.m3u8');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(place.onEdge(HOME)).toBeNull();
  });

  it('asks when it was told to, and not after its end', async () => {
    const { place, asked } = placeWith({ ...onEdge, again: 40 });
    place.start();
    place.start();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(asked()).toBe(3);
    place.stop();
    await vi.advanceTimersByTimeAsync(100_000);
    expect([asked(), nowAt(place)]).toEqual([3, null]);
  });

  it('is home from a failure of the edge on until the next answer', async () => {
    const { place } = placeWith(onEdge);
    place.start();
    await vi.advanceTimersByTimeAsync(0);
    place.failed();
    expect(place.onEdge(HOME)).toBeNull();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(nowAt(place)).toBe(`${EDGE}page.m3u8`);
  });

  it('stays where it is while home does not answer, and says so when home refuses the page', async () => {
    const { place, onRefused } = placeWith(onEdge, new Error('offline'), new Error('refused'));
    place.start();
    await vi.advanceTimersByTimeAsync(15_000);
    expect([nowAt(place), onRefused.mock.calls.length]).toEqual([`${EDGE}page.m3u8`, 0]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect([nowAt(place), onRefused.mock.calls.length]).toEqual([null, 1]);
  });
});
