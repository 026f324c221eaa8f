import { describe, expect, it } from 'vitest';
import { ConnectionJudge } from '../../src/web/watch/connection-quality.ts';

const reading = (ahead: number) => ({ ahead, behind: 3, height: 720 });

describe('LinkWatch', () => {
  it.each([
    [3, 'good'],
    [1, 'fair'],
    [0.2, 'poor'],
  ])('rates a connection with %s s in reserve as %s', (ahead, expected) => {
    expect(new ConnectionJudge().judge(reading(ahead), 0)).toEqual({ ...reading(ahead), quality: expected });
  });

  it('rates a connection as no better than fair for 20 s after a stall', () => {
    const link = new ConnectionJudge();
    link.stalled(1_000);
    expect(link.judge(reading(3), 15_000).quality).toBe('fair');
    expect(link.judge(reading(3), 30_000).quality).toBe('good');
  });
});
