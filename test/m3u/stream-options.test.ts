import { expect, it } from 'vitest';
import { kodiProperty, namedOption, vlcOption } from '../../src/m3u/stream-options.ts';

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
  'an option of the name %s is none of ours',
  (name) => {
    for (const value of ['', 'x', '1'])
      expect([
        namedOption(name, value),
        vlcOption(`${name}=${value}`),
        kodiProperty(`${name}=${value}`),
      ]).toEqual([{}, {}, {}]);
    expect(vlcOption(name)).toEqual({});
  },
);

it('an option is known in any case and with quotes', () => {
  expect(vlcOption(':HTTP-User-Agent="Player 1"')).toEqual({ userAgent: 'Player 1' });
  expect(vlcOption('http-referrer=http://a.example/')).toEqual({ headers: { referer: 'http://a.example/' } });
});
