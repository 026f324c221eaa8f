import { describe, expect, it } from 'vitest';
import { parseLooseJson } from '../../src/xtream/loose-json.ts';

const warning =
  '<br />\n<b>Warning</b>:  Undefined array key "exp_date" in <b>/home/xui/www/player_api.php</b> on line <b>42</b><br />\n';
const logLine =
  '[03-Nov-2026 07:34:42 UTC] PHP Notice:  Trying to access {array} offset [0] on null in /a.php\n';
const value = { user_info: { auth: 1, name: "it's [so], {yes}" } };
const json = JSON.stringify(value);

describe('parseLooseJson', () => {
  it.each<[string, string, unknown]>([
    ['JSON', json, value],
    ['a mark before it', `\ufeff${json}`, value],
    ['a warning before it', `${warning}${json}`, value],
    ['a warning behind it', `${json}${warning}`, value],
    ['warnings around it', `${warning}${json}\n${logLine}`, value],
    ['lines of a log before it', `${logLine}${logLine}${json}`, value],
    ['JSONP', `callback(${json});`, value],
    ['a page of nothing else', `<html><body><pre>${json}</pre></body></html>`, value],
    [
      'a page of nothing else, escaped',
      `<!DOCTYPE html><html><body>${json.replaceAll('"', '&quot;')}</body></html>`,
      value,
    ],
    ['a comma too many', '{"a":[1,2,],}', { a: [1, 2] }],
    ['two commas', '[{"a":1},,{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['no numbers', '{"a":NaN,"b":-Infinity,"c":undefined,"d":None}', { a: null, b: null, c: null, d: null }],
    ['truth in Python', '{"a":True,"b":False}', { a: true, b: false }],
    ['words that are no marks', '{"a":"NaN, ,] True","b":NaN}', { a: 'NaN, ,] True', b: null }],
    ['line ends in a string', '{"a":"b\nc\td"}', { a: 'b c d' }],
    ['escapes that are none', String.raw`{"a":"it\'s \x \\ \u00e9 \" \/"}`, { a: 'it\'s x \\ é " /' }],
    ['an empty list behind a warning', `${warning}[]`, []],
    ['false behind a warning', `${warning}false`, false],
    ['null behind a warning', `${warning}\nnull`, null],
    ['the longest of two', `{"a":1} ${json}`, value],
  ])('parses %s', (_, text, expected) => {
    expect(parseLooseJson(text)).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['words', 'INVALID_CREDENTIALS'],
    ['a page', '<html><script>var a = {"user_info":{"auth":1}}; var b = [];</script></html>'],
    [
      'a page of a challenge',
      '<!DOCTYPE html><title>Just a moment...</title><script>window._cf = {"a":1}</script>',
    ],
    ['what is cut off', json.slice(0, -1)],
    ['a list that is cut off', '[{"id":1},{"id":2},{"id":'],
    ['what is cut off behind a warning', `${warning}[{"id":1},{"id":2}`],
  ])('rejects %s', (_, text) => {
    expect(() => parseLooseJson(text)).toThrow(SyntaxError);
  });

  it('takes time proportional to the length of the text', () => {
    for (const part of ['[', '{', '["', '\\', '{"a":', ',', '<a>', '"'])
      expect(() => parseLooseJson(`x${part.repeat(200_000)}`)).toThrow(SyntaxError);
  });
});
