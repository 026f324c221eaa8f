import { describe, expect, it } from 'vitest';
import {
  accountId,
  accountOf,
  channelId,
  fromApiChannelId,
  isChannelId,
  ownIdOf,
  screenId,
  toApiChannelId,
} from '../../src/domain/ids.ts';

const main = accountId('main');
const demo = accountId('demo');

describe('accountId and screenId', () => {
  it.each(['main', 'demo', 'm3u-1', '2', 'a'.repeat(24)])('accept the slug %j', (text) => {
    expect(accountId(text)).toBe(text);
    expect(screenId(text)).toBe(text);
  });

  it.each(['', 'Main', 'a b', 'a:b', '-a', 'é', 'a'.repeat(25)])('refuse %j', (text) => {
    expect(() => accountId(text)).toThrow(TypeError);
    expect(() => screenId(text)).toThrow(TypeError);
  });
});

describe('channelId', () => {
  it.each<[own: string | number, expected: string]>([
    [101, 'main:101'],
    ['101', 'main:101'],
    ['9f3a1c', 'main:9f3a1c'],
    ['a:b c', 'main:a:b c'],
  ])('joins the account and the id %j', (own, expected) => {
    const id = channelId(main, own);
    expect(id).toBe(expected);
    expect(accountOf(id)).toBe('main');
    expect(ownIdOf(id)).toBe(String(own));
  });

  it('refuses an empty id', () => {
    expect(() => channelId(main, '')).toThrow(TypeError);
  });
});

describe('isChannelId', () => {
  it.each(['main:1', 'm3u-1:9f3a1c#2', 'demo:a:b'])('accepts %j', (text) => {
    expect(isChannelId(text)).toBe(true);
  });

  it.each(['', '101', ':1', 'main:', 'Main:1', 'a b:1', 'HTTP://host'])('refuses %j', (text) => {
    expect(isChannelId(text)).toBe(false);
  });
});

describe('the API', () => {
  it.each<[id: string, account: string, expected: number | string]>([
    ['main:101', 'main', 101],
    ['demo:101', 'demo', 101],
    ['main:9007199254740991', 'main', Number.MAX_SAFE_INTEGER],
    ['main:9007199254740993', 'main', 'main:9007199254740993'],
    ['main:007', 'main', 'main:007'],
    ['main:1e3', 'main', 'main:1e3'],
    ['main: 1', 'main', 'main: 1'],
    ['main:abc', 'main', 'main:abc'],
    ['demo:101', 'main', 'demo:101'],
    ['m3u-1:101', 'main', 'm3u-1:101'],
  ])('gives %s of an installation with %s as %j, and takes that back', (id, account, expected) => {
    if (!isChannelId(id)) throw new Error(`not an id: ${id}`);
    expect(toApiChannelId(id, { id: accountId(account) })).toBe(expected);
    expect(fromApiChannelId(expected, { id: accountId(account) })).toBe(id);
  });

  it('takes the id of the own account as well as its number', () => {
    expect(fromApiChannelId('main:101', { id: main })).toBe('main:101');
    expect(fromApiChannelId(101, { id: main })).toBe('main:101');
    expect(fromApiChannelId(101, { id: demo })).toBe('demo:101');
  });

  it.each([1.5, Number.NaN, 2 ** 60, '', '101', 'TF1'])('refuses %j', (given) => {
    expect(fromApiChannelId(given, { id: main })).toBeNull();
  });
});
