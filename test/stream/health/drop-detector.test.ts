import { describe, expect, it } from 'vitest';
import { DropDetector } from '../../../src/stream/health/drop-detector.ts';

const watch = () => new DropDetector({ floor: 500, fraction: 1 / 8 });

describe('much less than usual', () => {
  it('is what is below the floor, from the first', () => {
    const usual = watch();
    usual.take(300, 7);
    usual.take(200, 11);
    expect(usual.lowSince).toBe(7);
    usual.take(800, 15);
    expect(usual.lowSince).toBeNull();
  });

  it('is a small part of what came before, once that is known', () => {
    const usual = watch();
    usual.take(2_000, 0);
    expect(usual.lowSince).toBeNull();
    for (let at = 1; at < 20; at++) usual.take(30_000 + at, at);
    usual.take(2_000, 20);
    expect(usual.lowSince).toBe(20);
    usual.take(9_000, 21);
    expect(usual.lowSince).toBeNull();
  });

  it('is learned anew once it has turned out to be nothing out of the ordinary', () => {
    const usual = watch();
    usual.take(400, 0);
    usual.learn();
    expect(usual.lowSince).toBeNull();
    usual.take(380, 4);
    expect(usual.lowSince).toBeNull();
    usual.take(120, 8);
    expect(usual.lowSince).toBe(8);
  });

  it('does not become the usual by lasting', () => {
    const usual = watch();
    for (let at = 0; at < 20; at++) usual.take(30_000, at);
    for (let at = 20; at < 2_000; at++) usual.take(1_000, at);
    expect(usual.lowSince).toBe(20);
  });
});
