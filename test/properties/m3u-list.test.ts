import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountId } from '../../src/domain/ids.ts';
import { plainText } from '../../src/lib/plain-text.ts';
import { type ListedChannel, type ListOutcome, ListParser } from '../../src/m3u/list-parser.ts';
import { readAttributes } from '../../src/m3u/read-attributes.ts';
import { anyText, bytes, lengths, split, textOf } from './arbitraries.ts';

const account = accountId('m1');

function read(chunks: readonly Buffer[]): { found: readonly ListedChannel[]; outcome: ListOutcome } {
  const found: ListedChannel[] = [];
  const parser = new ListParser({ account, base: 'http://tv.example/list' }, (channel) =>
    found.push(channel),
  );
  for (const chunk of chunks) parser.push(chunk);
  return { found, outcome: parser.end() };
}

/** A text of one line that a list can hold: without double quotes, which nothing escapes, and tidy already. */
const text = anyText
  .map((any) =>
    plainText(
      any
        .toWellFormed()
        .replace(/["<>&\ufffd]/g, '')
        .replace(/\s+/g, ' '),
    ),
  )
  .filter((tidy) => tidy !== '' && plainText(tidy) === tidy && tidy.trim() === tidy);
const group = text
  .map((any) => any.replaceAll(';', ''))
  .filter((any) => any !== '' && plainText(any) === any);
/** A name, which may look like anything but an attribute. */
const name = text.filter((any) => !/^[a-z][\w.:-]*=/i.test(any));

/** Groups that differ only in this are one. */
const folded = (title: string) => title.normalize('NFKC').toLowerCase();

describe('an M3U list', () => {
  it('is read back as it was written', () => {
    const channel = fc.record({
      name,
      tvgId: fc.option(text),
      group: fc.option(group),
      number: fc.option(fc.integer({ min: 1, max: 99_999 })),
      path: fc.webPath().filter((path) => !/\/(?:movies?|series|vod)\/|\.\w+$/i.test(path)),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(channel, { selector: (one) => one.name, maxLength: 8 }),
        lengths,
        (all, sizes) => {
          const list = all.map(({ name: title, tvgId, group: category, number, path }) => {
            const values = { 'tvg-id': tvgId, 'group-title': category, 'tvg-chno': number };
            const attributes = Object.entries(values).flatMap(([key, value]) =>
              value === null ? [] : ` ${key}="${value}"`,
            );
            return `#EXTINF:-1${attributes.join('')},${title}\nhttp://a.example${path}\n`;
          });
          const { found, outcome } = read(split(Buffer.from(`#EXTM3U\n${list.join('')}`), sizes));
          if (outcome.kind !== 'list') throw new Error(outcome.kind);
          const groups = new Map(outcome.categories.map(({ id, name: title }) => [id, folded(title)]));
          expect(
            found.map(({ channel: { name: title, epgId, number, categoryId }, addresses }) => ({
              name: title,
              tvgId: epgId,
              number,
              group: categoryId === null ? null : groups.get(categoryId),
              path: addresses.map(({ url }) => url),
            })),
          ).toEqual(
            all.map((one) => ({
              ...one,
              group: one.group === null ? null : folded(one.group),
              path: [new URL(`http://a.example${one.path}`).href],
            })),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is one of the outcomes, whatever the bytes and however they are cut', () => {
    const rubbish = textOf(
      ...[
        '#EXTM3U',
        '#EXTINF:',
        '-1',
        ' ',
        ',',
        '"',
        "'",
        '=',
        '\n',
        '\r',
        '\n',
        'tvg-id',
        'group-title="',
        ';',
      ],
      ...[
        '#EXTGRP:',
        '#EXTVLCOPT:',
        'http-user-agent=',
        '#KODIPROP:',
        '|',
        '&',
        '%',
        'http://',
        'a.example',
        '/',
        '@',
      ],
      ...[
        '[',
        '::1',
        'udp://',
        '#EXT-X-STREAM-INF:',
        '#EXTHTTP:{',
        '}',
        '__proto__',
        '\u0000',
        '<',
        '.mp4',
        '\ufeff',
      ],
    );
    fc.assert(
      fc.property(rubbish, bytes(30), lengths, (middle, tail, sizes) => {
        const whole = Buffer.concat([Buffer.from(middle), tail]);
        const parsed = read(split(whole, sizes));
        expect(parsed).toEqual(read([whole]));
        expect(new Set(parsed.found.map(({ channel }) => channel.id)).size).toBe(parsed.found.length);
        for (const { channel, addresses } of parsed.found) {
          expect(channel.name).not.toBe('');
          expect(channel.name).toBe(plainText(channel.name));
          expect(addresses.length).toBeGreaterThan(0);
          for (const { url, headers = {} } of addresses) {
            expect(() => new URL(url)).not.toThrow();
            expect(() => new Headers(headers)).not.toThrow();
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  // A pattern that goes back over a line again and again would take hours here.
  it.each(['a="b"', 'a="x"y', ' ', "a='", 'a=', 'a b="', '"', ',a="', '=', 'a ="" "'])(
    'is read in time if it is a line of nothing but %j',
    (part) => {
      const { attributes } = readAttributes(part.repeat(200_000 / part.length));
      expect(attributes.size).toBeLessThan(50);
    },
  );
});
