import { describe, expect, it } from 'vitest';
import { paceByPcr } from '../../src/demo/ts-pacer.ts';
import type { Clock } from '../../src/lib/clock.ts';

const CYCLE = 2 ** 33;

/** A clock that advances only while code waits for it. */
function jumpingClock(): Clock & { time: number } {
  return {
    time: 0,
    now() {
      return this.time;
    },
    monotonic() {
      return this.time;
    },
    after(delay, callback) {
      this.time += delay;
      queueMicrotask(callback);
      return () => {};
    },
  };
}

/** A packet with a PCR of this many seconds, modulo its cycle. */
function packet(seconds: number): Buffer {
  const bytes = Buffer.alloc(188, 0xff);
  const base = (seconds * 90_000 + CYCLE) % CYCLE;
  bytes.set([0x47, 0x01, 0x00, 0x20, 183, 0x10]);
  bytes.writeUInt32BE(Math.floor(base / 2), 6);
  bytes.writeUInt8((base % 2) * 0x80, 10);
  return bytes;
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('paceByPcr', () => {
  it.each([
    ['packet by packet', 0, 188],
    ['in pieces of any size', 7, 301],
    ['all at once', 12, 1_000_000],
    ['across the wrap of the counter', -3, 188],
  ])('sends a burst, then the programme at its own speed: %s', async (_name, first, size) => {
    const clock = jumpingClock();
    const whole = Buffer.concat(Array.from({ length: 10 }, (_, second) => packet(first + second)));
    const sent: Buffer[] = [];
    const sentAt = new Map<number, number>();
    let count = 0;
    for await (const bytes of paceByPcr(inPieces(whole, size), { burst: 2000, clock })) {
      sent.push(bytes);
      count += bytes.length;
      for (let packets = 1; packets * 188 <= count; packets += 1) {
        if (!sentAt.has(packets)) sentAt.set(packets, clock.time);
      }
    }
    expect(Buffer.concat(sent).equals(whole)).toBe(true);
    expect([...sentAt.values()]).toEqual([0, 0, 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000]);
  });

  it('does not make up for the whole pause of a reader that slept', async () => {
    const clock = jumpingClock();
    const whole = Buffer.concat(Array.from({ length: 10 }, (_, second) => packet(second)));
    let seen = 0;
    for await (const bytes of paceByPcr(inPieces(whole, 188), { burst: 2000, clock })) {
      seen += bytes.length / 188;
      if (seen === 3) clock.time = 3_600_000;
    }
    expect(clock.time).toBe(3_604_000);
  });

  it('stops waiting when it is aborted', async () => {
    const clock: Clock = { now: () => 0, monotonic: () => 0, after: () => () => {} };
    const whole = Buffer.concat([packet(0), packet(100)]);
    const calling = new AbortController();
    const paced = paceByPcr(inPieces(whole, 188), { burst: 0, clock, signal: calling.signal });
    await paced.next();
    const waiting = paced.next();
    calling.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
