import { describe, expect, it } from 'vitest';
import { DropDetector } from '../../../src/stream/health/drop-detector.ts';

const watch = () => new DropDetector({ floor: 500, fraction: 1 / 8 });

describe('DropDetector', () => {
  it('detects a value below the floor from the first one on', () => {
    const detector = watch();
    detector.take(300, 7);
    detector.take(200, 11);
    expect(detector.lowSince).toBe(7);
    detector.take(800, 15);
    expect(detector.lowSince).toBeNull();
  });

  it('detects a small fraction of the median once it knows enough values', () => {
    const detector = watch();
    detector.take(2_000, 0);
    expect(detector.lowSince).toBeNull();
    for (let at = 1; at < 20; at++) detector.take(30_000 + at, at);
    detector.take(2_000, 20);
    expect(detector.lowSince).toBe(20);
    detector.take(9_000, 21);
    expect(detector.lowSince).toBeNull();
  });

  it('accepts a low value as normal after learn()', () => {
    const detector = watch();
    detector.take(400, 0);
    detector.learn();
    expect(detector.lowSince).toBeNull();
    detector.take(380, 4);
    expect(detector.lowSince).toBeNull();
    detector.take(120, 8);
    expect(detector.lowSince).toBe(8);
  });

  it('keeps reporting a drop however long it lasts', () => {
    const detector = watch();
    for (let at = 0; at < 20; at++) detector.take(30_000, at);
    for (let at = 20; at < 2_000; at++) detector.take(1_000, at);
    expect(detector.lowSince).toBe(20);
  });
});
