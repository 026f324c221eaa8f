import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PastEvents } from '../../src/web/watch/past-engine.ts';
import { PastNativeEngine } from '../../src/web/watch/past-native-engine.ts';

/** When the list that the server answers with begins, epoch milliseconds. */
const BEGIN = 1_795_520_000_000;
const SECOND = 1_000;

/** The parts of Safari's video element that the engine uses. */
class FakeVideo extends EventTarget {
  src = '';
  currentTime = 0;
  paused = false;
  /** Seconds that the list has. */
  length = 600;
  load = vi.fn();
  removeAttribute = vi.fn();
  readonly seekable = { length: 1, start: () => 0, end: () => this.length };

  getStartDate(): Date {
    return new Date(this.src === '' ? Number.NaN : BEGIN);
  }

  tell(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}

let video: FakeVideo;
let asked: string[];
let answer: { status: number; url: string };
let events: { [Name in keyof PastEvents]: ReturnType<typeof vi.fn> };
let engine: PastNativeEngine;

beforeEach(() => {
  vi.useFakeTimers();
  video = new FakeVideo();
  asked = [];
  answer = { status: 200, url: 'http://tv.home/live/rewind/7.m3u8' };
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    const { status, url } = answer;
    if (status === 0) throw new TypeError('no connection');
    return { ok: status === 200, status, url, body: null };
  });
  const names = ['reloading', 'reloaded', 'reconnecting', 'undecodable', 'codecs', 'reading', 'caughtUp'];
  events = Object.fromEntries(names.map((name) => [name, vi.fn()])) as typeof events;
});
afterEach(() => {
  engine.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function start(at: number): Promise<void> {
  engine = new PastNativeEngine(video as unknown as HTMLVideoElement, events as PastEvents, {
    screen: 'sport',
    at,
  });
  engine.start();
  await vi.advanceTimersByTimeAsync(0);
}

describe('Safari’s own player in the past', () => {
  it('plays the list that the server leads to, from the wanted moment on', async () => {
    await start(BEGIN + 301 * SECOND);
    expect(asked).toEqual([`/s/sport/rewind.m3u8?at=${BEGIN / SECOND + 1}`]);
    expect(video.src).toBe(answer.url);
    expect(engine.moment()).toBe(BEGIN + 301 * SECOND);
    video.tell('loadedmetadata');
    expect(video.currentTime).toBe(301);
    video.currentTime = 305;
    expect(engine.moment()).toBe(BEGIN + 305 * SECOND);
  });

  it('seeks within the list, and loads another one for what is not in it', async () => {
    await start(BEGIN + 301 * SECOND);
    video.tell('loadedmetadata');
    engine.seek(BEGIN + 20 * SECOND);
    expect([video.currentTime, asked.length]).toEqual([20, 1]);
    engine.seek(BEGIN - 20 * SECOND);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveLength(2);
    expect(engine.moment()).toBe(BEGIN - 20 * SECOND);
  });

  it('goes on live where nothing is kept', async () => {
    answer = { status: 404, url: '' };
    await start(BEGIN);
    expect(events.caughtUp).toHaveBeenCalledOnce();
    expect(video.src).toBe('');
  });

  it('goes on at the same moment once the server is back', async () => {
    await start(BEGIN + 301 * SECOND);
    video.tell('loadedmetadata');
    video.currentTime = 340;
    answer = { status: 0, url: '' };
    video.tell('error');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(events.reconnecting).toHaveBeenCalled();
    answer = { status: 200, url: 'http://tv.home/live/rewind/9.m3u8' };
    await vi.advanceTimersByTimeAsync(5_000);
    expect(video.src).toBe(answer.url);
    expect(engine.moment()).toBe(BEGIN + 340 * SECOND);
  });
});
