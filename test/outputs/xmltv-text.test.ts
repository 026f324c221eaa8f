import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Programme } from '../../src/domain/channel.ts';
import { channelXml, programmeXml, XMLTV_END, XMLTV_START } from '../../src/outputs/xmltv-text.ts';
import { readXmltv, textsOf } from '../fakes/read-xmltv.ts';

const START = Date.UTC(2026, 10, 28, 20);
const plain: Programme = { title: 'Journal', description: '', start: START, stop: START + 30 * 60_000 };

function programme(details: Partial<Programme>) {
  const [read] = readXmltv(
    XMLTV_START + programmeXml('live', { ...plain, ...details }) + XMLTV_END,
  ).programmes;
  if (!read) throw new Error('no programme');
  return read;
}

const elementsOf = (details: Partial<Programme>) =>
  programme(details).elements.map(({ name, attributes, text }) => [name, ...Object.values(attributes), text]);

describe('a programme', () => {
  it('has its times in UTC, with an offset and one space', () => {
    expect(programmeXml('live', plain)).toContain(
      '<programme start="20261128200000 +0000" stop="20261128203000 +0000" channel="live">',
    );
  });

  it('has all elements in the order of the DTD', () => {
    expect(
      elementsOf({
        subTitle: 'The Return',
        description: 'What happened',
        date: '20240131',
        categories: ['Série', 'Drama'],
        season: 1,
        episode: 2,
        isNew: true,
      }),
    ).toEqual([
      ['title', 'Journal'],
      ['sub-title', 'The Return'],
      ['desc', 'What happened'],
      ['date', '20240131'],
      ['category', 'Série'],
      ['category', 'Drama'],
      ['category', 'Series'],
      ['episode-num', 'onscreen', 'S01E02'],
      ['episode-num', 'xmltv_ns', '0.1.'],
      ['new', ''],
    ]);
  });

  it('says nothing about what is not known', () => {
    expect(elementsOf({})).toEqual([['title', 'Journal']]);
  });

  it.each<[string, Partial<Programme>, string[][]]>([
    ['a season and an episode', { season: 12, episode: 103 }, [['S12E103'], ['11.102.']]],
    ['a special episode', { season: 0, episode: 3 }, [['S00E03']]],
    ['an episode without a season', { episode: 7 }, [['E07']]],
    ['a season without an episode', { season: 7 }, []],
  ])('is numbered with %s', (_, details, expected) => {
    expect(textsOf(programme(details), 'episode-num')).toEqual(expected.flat());
  });

  it('is a repeat where that is known', () => {
    expect(elementsOf({ isNew: false }).slice(1)).toEqual([['previously-shown', '']]);
  });

  it('does not name the address of its picture, which is the provider’s', () => {
    expect(programmeXml('live', { ...plain, icon: 'http://panel.example/user/pass/1.png' })).not.toContain(
      'panel',
    );
  });

  it('names our address of its picture, where the DTD wants it', () => {
    const icon = 'http://tv.example/t/x/picture/100/5?a&b';
    const xml = programmeXml('live', { ...plain, categories: ['News'], season: 1, episode: 2 }, icon);
    expect(xml).toMatch(
      /<\/category><icon src="http:\/\/tv\.example\/t\/x\/picture\/100\/5\?a&amp;b"\/><episode-num/,
    );
  });

  it('can be read back whatever its texts are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
    );
    fc.assert(
      fc.property(text, text, (title, description) => {
        const read = programme({ title: `<b>&${title}`, description: `]]>${description}` });
        expect(read.title.startsWith('<b>&')).toBe(true);
        expect(textsOf(read, 'desc')[0]?.startsWith(']]>')).toBe(true);
      }),
    );
  });

  it.each([
    ['<script>&amp;"\'', '<script>&amp;"\''],
    ['a\u0000b\u0008c\u001fd\uffffe', 'abcde'],
    ['cut \ud83d', 'cut \ufffd'],
    ['Été 😀 日本', 'Été 😀 日本'],
  ])('keeps %j as %j', (title, expected) => {
    expect(programme({ title }).title).toBe(expected);
  });
});

describe('a channel', () => {
  it('has its name with and without the number, and the number by itself', () => {
    const xml = channelXml({ id: 'c100', number: 100, name: 'A & "B"', icon: 'http://tv.example/l?a=1&b=2' });
    const [channel] = readXmltv(XMLTV_START + xml + XMLTV_END).channels;
    expect(channel).toEqual({
      attributes: { id: 'c100' },
      elements: [
        { name: 'display-name', attributes: {}, text: '100 A & "B"' },
        { name: 'display-name', attributes: {}, text: '100' },
        { name: 'display-name', attributes: {}, text: 'A & "B"' },
        { name: 'lcn', attributes: {}, text: '100' },
        { name: 'icon', attributes: { src: 'http://tv.example/l?a=1&b=2' }, text: '' },
      ],
    });
  });
});
