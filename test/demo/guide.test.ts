import { describe, expect, it } from 'vitest';
import { demoChannels } from '../../src/demo/channels.ts';
import { nowAndNext, programmesBetween, xmltv } from '../../src/demo/guide.ts';

const HALF_HOUR = 1_800_000;
const now = Date.UTC(2026, 10, 24, 11, 47, 12);

describe.each(demoChannels.map((channel) => [channel.name, channel] as const))(
  'the guide of %s',
  (_, channel) => {
    it('has programmes at any time without gaps, each starting on the hour or the half-hour', () => {
      const programmes = programmesBetween(channel, now, now + 48 * HALF_HOUR);
      expect(programmes[0]?.start).toBeLessThanOrEqual(now);
      expect(programmes.at(-1)?.stop).toBeGreaterThanOrEqual(now + 48 * HALF_HOUR);
      for (const [index, { start, stop, title }] of programmes.entries()) {
        expect(start % HALF_HOUR).toBe(0);
        expect(stop).toBeGreaterThan(start);
        expect(title).not.toBe(programmes[index + 1]?.title);
        if (index > 0) expect(start).toBe(programmes[index - 1]?.stop);
      }
    });

    it('has the same programme a minute later', () => {
      const [on, next] = nowAndNext(channel, now, 2);
      expect(nowAndNext(channel, now + 60_000, 2)).toEqual([on, next]);
      expect(nowAndNext(channel, next?.start ?? 0, 1)).toEqual([next]);
    });
  },
);

describe('xmltv', () => {
  it('lists channels and programmes with the reserved characters of XML escaped', () => {
    const xml = xmltv(demoChannels, now, (id) => `http://logo/${id}?a&b`);
    expect(xml).toContain(
      '<channel id="demo.301"><display-name>L&apos;Heure Info HD</display-name><icon src="http://logo/301?a&amp;b"/>',
    );
    expect(xml).toMatch(
      /<programme start="20261124\d{2}[03]000 \+0000" stop="\d{14} \+0000" channel="demo.101">/,
    );
    expect(xml).toContain('&lt;avec&gt;');
  });
});
