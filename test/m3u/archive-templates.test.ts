import { describe, expect, it } from 'vitest';
import { archiveTemplates, fillTemplate } from '../../src/m3u/archive-templates.ts';

const span = { from: 1_700_000_000_000, to: 1_700_003_600_000 };
const now = 1_700_007_000_999;
const SHIFTED = 'utc=1700000000&lutc=1700007000';

/** The addresses of an archive, filled in. */
function addresses(url: string, attributes: Record<string, string>): string[] {
  const templates = archiveTemplates(url, new Map(Object.entries(attributes)), new Map());
  return templates.map((template) => fillTemplate(template, span, now));
}

describe('archiveTemplates', () => {
  const live = 'http://a.example/1.m3u8';
  it.each<[string, string, Record<string, string>, string[]]>([
    [
      'default',
      live,
      { catchup: 'default', 'catchup-source': 'http://b/{utc}/{duration:60}.ts' },
      ['http://b/1700000000/60.ts'],
    ],
    [
      'default that is a query',
      live,
      { catchup: 'default', 'catchup-source': '?s={utc}&e={utcend}' },
      [`${live}?s=1700000000&e=1700003600`],
    ],
    [
      'an address alone',
      live,
      { 'catchup-source': `http://b/$\{start}-$\{offset}` },
      ['http://b/1700000000-7000'],
    ],
    [
      'append',
      `${live}?t=1`,
      { catchup: 'append', 'catchup-source': '&utc={utc}&lutc={lutc}' },
      [`${live}?t=1&${SHIFTED}`],
    ],
    [
      'append of a path',
      'http://a.example/1',
      { catchup: 'append', 'catchup-source': '/{utc}.ts' },
      ['http://a.example/1/1700000000.ts'],
    ],
    ['shift', live, { catchup: 'Shift' }, [`${live}?${SHIFTED}`]],
    ['days alone', `${live}?t=1`, {}, [`${live}?t=1&${SHIFTED}`]],
    [
      'Flussonic',
      'http://a.example/ch/mpegts?token=1',
      { catchup: 'flussonic' },
      [
        'http://a.example/ch/archive-1700000000-3600.ts?token=1',
        'http://a.example/ch/timeshift_abs-1700000000.ts?token=1',
      ],
    ],
    [
      'Flussonic as HLS',
      'http://a.example/x/ch/index.m3u8',
      { catchup: 'fs' },
      [
        'http://a.example/x/ch/archive-1700000000-3600.ts',
        'http://a.example/x/ch/timeshift_abs-1700000000.ts',
      ],
    ],
    [
      'a panel',
      'http://a.example:80/c/u/p/12',
      { catchup: 'xc' },
      [
        'http://a.example:80/c/timeshift/u/p/60/1700000000/12.ts',
        expect.stringMatching(/\/60\/2023-11-1[45]:\d\d-13\/12\.ts$/),
      ],
    ],
    ['default without an address', live, { catchup: 'default' }, []],
    ['a panel that is none', live, { catchup: 'xc' }, []],
    ['none', live, { catchup: 'none', 'catchup-source': 'http://b' }, []],
    ['an unknown kind', live, { catchup: 'vod', 'catchup-source': 'http://b' }, []],
  ])('knows %s', (_, url, attributes, expected) => {
    expect(addresses(url, attributes)).toEqual(expected);
  });

  it('fills in dates, and leaves what it does not know', () => {
    const text = fillTemplate(
      '{Y}{m}{d}{H}{M}{S} {utc:Y-m-d} {unknown} {constructor} {catchup-id}',
      span,
      now,
    );
    expect(text).toMatch(/^2023111[45]\d\d1320 2023-11-1[45] \{unknown\} \{constructor\} \{catchup-id\}$/);
  });
});
