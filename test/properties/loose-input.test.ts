import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, XmlDecoder } from '../../src/lib/decode-text.ts';
import { parseProviderTime } from '../../src/lib/parse-provider-time.ts';
import { areBase64, decodeBase64Text } from '../../src/xtream/base64-text.ts';
import { parseLooseJson } from '../../src/xtream/loose-json.ts';
import { anyText, bytes, lengths, split } from './arbitraries.ts';

describe('JSON of a panel', () => {
  const record = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 4 });
  const list = fc.oneof(fc.array(record, { minLength: 1, maxLength: 4 }), record);
  const noise = fc.constantFrom(
    '',
    '\ufeff',
    '<br />\n<b>Warning</b>:  Undefined index: x in <b>/a.php</b> on line <b>3</b><br />\n',
    '[03-Nov-2026 07:34:42 UTC] PHP Notice:  {x} in [y]\n',
    'callback(',
  );

  it('is found in any surrounding text', () => {
    fc.assert(
      fc.property(list, noise, noise, (value, before, behind) => {
        const json = JSON.stringify(value);
        expect(parseLooseJson(`${before}${json}${behind}`)).toEqual(JSON.parse(json));
      }),
    );
  });

  it('is parsed to a value or rejected with a SyntaxError for any text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.stringMatching(/^[[\]{}",:\\ a1<>]{0,60}$/)), (text) => {
        try {
          parseLooseJson(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('bytes of a provider', () => {
  it('are decoded correctly from UTF-8, and to some text in any case', () => {
    fc.assert(
      fc.property(anyText, bytes(40), (text, rubbish) => {
        const isPlain = text.isWellFormed() && !text.startsWith('\ufeff') && !text.startsWith('<\0');
        if (isPlain && !text.startsWith('\0')) expect(decodeText(Buffer.from(text))).toBe(text);
        expect(decodeText(rubbish).isWellFormed()).toBe(true);
      }),
    );
  });

  it('are decoded to the same XML at any chunk boundaries', () => {
    const head = fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>', '<?xml encoding="utf-16"?>');
    const encoding = fc.constantFrom('utf8' as const, 'latin1' as const);
    fc.assert(
      fc.property(head, anyText, encoding, lengths, (declaration, text, charset, sizes) => {
        const xml = Buffer.from(`${declaration}<tv>${text}</tv>`, charset);
        const read = (chunks: readonly Buffer[]) => {
          const decoder = new XmlDecoder();
          return chunks.map((chunk) => decoder.push(chunk)).join('') + decoder.end();
        };
        expect(read(split(xml, sizes))).toBe(read([xml]));
      }),
    );
  });
});

describe('a time of a provider', () => {
  it('is parsed to a time or null', () => {
    const parts = fc.stringMatching(/^[\d :T.Z+/-]{0,30}$/);
    fc.assert(
      fc.property(
        fc.oneof(anyText, parts, fc.double()),
        fc.integer({ min: -5e7, max: 5e7 }),
        (value, offset) => {
          const time = parseProviderTime(value, offset);
          expect(time === null || Math.abs(time) <= 8.64e15).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('texts of a guide', () => {
  it('are decoded from base64 with or without padding if all of them are base64', () => {
    const title = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 60 }).filter((text) => {
      const isPlain = text.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(text);
      return isPlain && text.trim() === text;
    });
    fc.assert(
      fc.property(fc.array(title, { minLength: 2, maxLength: 6 }), fc.boolean(), (titles, isPadded) => {
        const packed = titles.map((text) => {
          const whole = Buffer.from(text).toString('base64');
          return isPadded ? whole : whole.replace(/=+$/, '');
        });
        if (!areBase64(packed)) return;
        expect(packed.map((text) => decodeBase64Text(text, true))).toEqual(titles);
      }),
    );
  });
});
