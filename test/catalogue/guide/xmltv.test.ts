import { describe, expect, it } from 'vitest';
import { type ListedProgramme, XmltvParser } from '../../../src/catalogue/guide/xmltv-parser.ts';

const times = 'start="20261124200000 +0000" stop="20261124210000 +0000"';
const start = Date.UTC(2026, 10, 24, 20);
const hour = 3_600_000;

function read(xml: string, cut = xml.length): { programmes: ListedProgramme[]; isComplete: boolean } {
  const programmes: ListedProgramme[] = [];
  const parser = new XmltvParser({ onProgramme: (programme) => programmes.push(programme) });
  for (let at = 0; at < xml.length; at += cut) parser.push(xml.slice(at, at + cut));
  return { isComplete: parser.end(), programmes };
}

describe('XmltvParser: a programme', () => {
  const whole = {
    channel: 'tf1.fr',
    title: 'Journal',
    description: '',
    start,
    stop: start + hour,
    details: null,
  };
  it.each<[string, string, ListedProgramme | null]>([
    [
      'by the book',
      `<programme ${times} channel="tf1.fr"><title lang="fr">Journal</title></programme>`,
      whole,
    ],
    [
      'of a channel in capitals',
      `<programme channel=" TF1.fr " ${times}><title>Journal</title></programme>`,
      whole,
    ],
    [
      'with its own title first, then in other languages',
      `<programme ${times} channel="tf1.fr"><title lang="fr">Journal</title><title lang="en">News</title></programme>`,
      {
        ...whole,
        details: {
          texts: [
            { language: 'fr', title: 'Journal', description: '' },
            { language: 'en', title: 'News', description: '' },
          ],
        },
      },
    ],
    [
      'whose first title is empty',
      `<programme ${times} channel="tf1.fr"><title/><title></title><title>Journal</title></programme>`,
      whole,
    ],
    [
      'with what else there may be',
      `<programme ${times} channel="tf1.fr"><title>Journal</title><desc>Les <b>titres</b></desc><credits><actor>A</actor></credits><rating><value>3</value></rating></programme>`,
      { ...whole, description: 'Les titres' },
    ],
    [
      'with a subtitle',
      `<programme ${times} channel="tf1.fr"><title>Journal</title><sub-title>20 heures</sub-title><desc>Les titres</desc></programme>`,
      { ...whole, description: 'Les titres', details: { subTitle: '20 heures' } },
    ],
    [
      'in HTML entities, encoded twice, and CDATA',
      `<programme ${times} channel="tf1.fr"><title>L&#039;&Eacute;t&eacute; &amp;amp; moi</title><desc><![CDATA[A < B & C]]></desc></programme>`,
      { ...whole, title: "L'Été & moi", description: 'A < B & C' },
    ],
    [
      'with a bare ampersand',
      `<programme ${times} channel="a&b"><title>M&M's & co</title></programme>`,
      { ...whole, channel: 'a&b', title: "M&M's & co" },
    ],
    [
      'without an end',
      '<programme start="20261124200000 +0000" channel="tf1.fr"><title>Journal</title></programme>',
      { ...whole, stop: null },
    ],
    [
      'that ends before it begins',
      '<programme start="20261124200000" stop="20261124190000" channel="tf1.fr"><title>Journal</title></programme>',
      { ...whole, stop: null },
    ],
    ['without a title', `<programme ${times} channel="tf1.fr"><desc>Les titres</desc></programme>`, null],
    ['without a channel', `<programme ${times}><title>Journal</title></programme>`, null],
    ['without a start', '<programme channel="tf1.fr"><title>Journal</title></programme>', null],
    [
      'whose start is no time',
      '<programme start="soon" channel="tf1.fr"><title>Journal</title></programme>',
      null,
    ],
  ])('%s', (_, xml, programme) => {
    const file = `<?xml version="1.0"?><!DOCTYPE tv SYSTEM "xmltv.dtd"><tv><channel id="tf1.fr"><display-name>TF1</display-name></channel>${xml}</tv>`;
    for (const cut of [file.length, 1, 7]) {
      expect(read(file, cut)).toEqual({ programmes: programme ? [programme] : [], isComplete: true });
    }
  });

  it('inherits nothing from the previous programme', () => {
    const one = `<programme ${times} channel="a"><title>One</title><desc>First</desc></programme>`;
    const two = `<programme ${times} channel="b"><title>Two</title></programme>`;
    expect(read(`<tv>${one}${two}</tv>`).programmes).toMatchObject([
      { channel: 'a', title: 'One', description: 'First' },
      { channel: 'b', title: 'Two', description: '' },
    ]);
  });
});

describe('XmltvParser: the completeness of a file', () => {
  it.each([
    ['empty', '', false],
    ['of nothing', '<tv></tv>', true],
    ['cut off', `<tv><programme ${times} channel="a"><title>One</title></programme>`, false],
    ['of HTML', '<html><body>Not found</body></html>', false],
    ['of JSON', '{"user_info":{"auth":0}}', false],
  ])('%s', (_, xml, isComplete) => {
    expect(read(xml).isComplete).toBe(isComplete);
  });
});
