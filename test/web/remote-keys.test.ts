import { describe, expect, it } from 'vitest';
import { isTvWanted } from '../../src/web/common/is-tv.ts';
import { channelStep, directionOf, isBack, isDigit } from '../../src/web/common/keys.ts';

const key = (name: string, keyCode = 0) => ({ key: name, keyCode });

describe('the keys of a television’s remote', () => {
  it.each([
    ['Escape', 27, true],
    ['Backspace', 8, true],
    ['GoBack', 461, true],
    ['BrowserBack', 166, true],
    ['Unidentified', 461, true],
    ['Unidentified', 10_009, true],
    ['ArrowLeft', 37, false],
    ['b', 66, false],
  ])('%s (%d) is "back": %s', (name, code, expected) => {
    expect(isBack(key(name, code))).toBe(expected);
  });

  it.each([
    ['ChannelUp', 0, 1],
    ['ChannelDown', 0, -1],
    ['PageUp', 33, 1],
    ['PageDown', 34, -1],
    ['Unidentified', 427, 1],
    ['Unidentified', 428, -1],
    ['ArrowUp', 38, null],
  ])('%s (%d) moves by %s channels', (name, code, expected) => {
    expect(channelStep(key(name, code))).toBe(expected);
  });

  it('recognise arrows and digits, but not keys with similar names', () => {
    expect(['ArrowUp', 'ArrowLeft', 'Up'].map(directionOf)).toEqual(['up', 'left', null]);
    expect(['0', '9', '10', 'F1', ''].map(isDigit)).toEqual([true, true, false, false, false]);
  });
});

describe('isTvWanted', () => {
  const desktop = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
  it.each([
    [desktop, false],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36', false],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari', false],
    ['Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 Version/6.0 TV Safari/537.36', true],
    ['Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 Chrome/94.0 Safari/537.36', true],
    ['Mozilla/5.0 (Linux; Android 9; AFTMM Build/NS6265) AppleWebKit/537.36 Chrome/70.0', true],
    ['Mozilla/5.0 (Linux; Andr0id 9; BRAVIA 4K UR3) AppleWebKit/537.36 Chrome/79.0', true],
    ['Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15', true],
  ])('recognises televisions by the User-Agent: %s', (userAgent, expected) => {
    expect(isTvWanted({ query: '', remembered: null, userAgent })).toBe(expected);
  });

  it.each([
    ['?tv', null, true],
    ['?tv=1', false, true],
    ['?tv=0', true, false],
    ['', true, true],
    ['?embed=1', false, false],
  ])('prefers the address to the remembered choice: %j after %s', (query, remembered, expected) => {
    expect(isTvWanted({ query, remembered, userAgent: desktop })).toBe(expected);
  });
});
