import { describe, expect, it } from 'vitest';
import { parseHtml } from './html.ts';

describe('HTML parse mode', () => {
  it.each([
    ['plain', 'plain', []],
    ['<b>a</b>', 'a', [{ type: 'bold', offset: 0, length: 1 }]],
    ['é😀<i>x</i>', 'é😀x', [{ type: 'italic', offset: 3, length: 1 }]],
    ['A &amp; B &lt;3 &copy; &#233;&#x1F600;', 'A & B <3 &copy; é😀', []],
    ['a & b', 'a & b', []],
    [
      '<a href="https://x.org/?a=1&amp;b=2">x</a>',
      'x',
      [{ type: 'text_link', offset: 0, length: 1, url: 'https://x.org/?a=1&b=2' }],
    ],
    [
      '<b>a<i>b</i></b>',
      'ab',
      [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'italic', offset: 1, length: 1 },
      ],
    ],
    [
      '<pre><code class="language-js">x</code></pre>',
      'x',
      [{ type: 'pre', offset: 0, length: 1, language: 'js' }],
    ],
    ['<blockquote expandable>q</blockquote>', 'q', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
    ['<span class="tg-spoiler">s</span>', 's', [{ type: 'spoiler', offset: 0, length: 1 }]],
    ['<b></b>x', 'x', []],
  ])('reads %s', (html, text, entities) => {
    expect(parseHtml(html)).toEqual({ text, entities, droppedLinks: [] });
  });

  it.each([
    ['<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<h1>a</h1>', 'Unsupported start tag "h1" at byte offset 0'],
    ['é 5 < 6', 'Unsupported start tag "" at byte offset 5'],
    ['<br/>', 'Unsupported start tag "br/" at byte offset 0'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<a href>x</a>', 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('refuses %s', (html, words) => {
    expect(() => parseHtml(html)).toThrow(`Bad Request: can't parse entities: ${words}`);
  });

  it.each(['http://localhost:8002/vlc', 'vlc://tv.example.org/x'])('reports a dropped link to %s', (link) => {
    expect(parseHtml(`<a href="${link}">x</a>`)).toEqual({ text: 'x', entities: [], droppedLinks: [link] });
  });
});
