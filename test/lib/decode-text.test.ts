import { describe, expect, it } from 'vitest';
import { decodeText, incompleteTailLength, XmlDecoder } from '../../src/lib/decode-text.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

/** The text of XML that arrives in pieces of this many bytes. */
function read(xml: Buffer, size: number): string {
  const decoder = new XmlDecoder();
  let text = '';
  for (let at = 0; at < xml.length; at += size) text += decoder.push(xml.subarray(at, at + size));
  return text + decoder.end();
}

describe('decodeText', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from('Été 😀'), 'Été 😀'],
    ['UTF-8 with a mark', Buffer.from('\ufeffÉté'), 'Été'],
    ['Latin-1', latin1('Été à la mer'), 'Été à la mer'],
    ['Windows-1252', Buffer.from([0x93, 0x65, 0x80, 0x94]), '“e€”'],
    ['both', Buffer.concat([Buffer.from('Été '), latin1('à')]), 'Été à'],
    ['UTF-16', Buffer.from('\ufeffÉté', 'utf16le'), 'Été'],
    ['UTF-16 the other way round', bigEndian('\ufeffÉté'), 'Été'],
    ['nothing', Buffer.alloc(0), ''],
  ])('reads %s', (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it('counts the bytes of a truncated letter', () => {
    const cases: [string, number, number][] = [
      ['é', 1, 1],
      ['€', 1, 1],
      ['€', 2, 2],
      ['😀', 3, 3],
      ['é', 2, 0],
      ['a', 1, 0],
    ];
    for (const [letter, bytes, left] of cases)
      expect(
        incompleteTailLength(Buffer.concat([Buffer.from('a'), Buffer.from(letter).subarray(0, bytes)])),
      ).toBe(left);
  });
});

describe('XmlDecoder', () => {
  const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;
  const body = '<tv><title>Été à la mer</title></tv>';

  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(`${declared('UTF-8')}${body}`), body],
    ['UTF-8 that says nothing', Buffer.from(body), body],
    ['UTF-8 that says Latin-1', Buffer.from(`${declared('ISO-8859-1')}${body}`), body],
    ['UTF-8 that says UTF-16', Buffer.from(`${declared('UTF-16')}${body}`), body],
    ['UTF-8 that says something unknown', Buffer.from(`${declared('x-mac-klingon')}${body}`), body],
    ['Latin-1', latin1(`${declared('ISO-8859-1')}${body}`), body],
    ['Latin-1 that says UTF-8', latin1(`${declared('UTF-8')}${body}`), body],
    ['Latin-1 that says nothing', latin1(body), body],
    ['Latin-2', Buffer.concat([latin1(`${declared('ISO-8859-2')}<t>`), Buffer.from([0xb3, 0xf3])]), '<t>łó'],
    [
      'Windows-1251',
      Buffer.concat([latin1(`${declared('windows-1251')}<t>`), Buffer.from([0xcc, 0xe8, 0xf0])]),
      '<t>Мир',
    ],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${declared('UTF-16')}${body}`, 'utf16le'), body],
    ['UTF-16 without a mark', Buffer.from(`${declared('UTF-16')}${body}`, 'utf16le'), body],
    ['UTF-16 the other way round', bigEndian(`${declared('UTF-16')}${body}`), body],
    ['a single quote', latin1(`<?xml version='1.0' encoding='iso-8859-1'?>${body}`), body],
    ['less than a declaration', Buffer.from('<t'), '<t'],
  ])('reads %s in pieces of any length', (_, xml, expected) => {
    for (const size of [xml.length, 1, 2, 3, 7]) {
      const text = read(xml, size).replace(/^\ufeff/, '');
      expect(text.replace(/^<\?xml[^>]*>/, '')).toBe(expected);
    }
  });
});
