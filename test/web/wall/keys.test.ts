import { describe, expect, it } from 'vitest';
import { wallAction } from '../../../src/web/wall/keys.ts';

const list = [{ id: 'live' }, { id: 'sport' }];

describe('the keys of the wall', () => {
  it.each([
    ['1', 'hear', 'live'],
    ['2', 'hear', 'sport'],
    ['m', 'hear', 'sport'],
    ['M', 'hear', 'sport'],
    ['Enter', 'open', 'sport'],
  ])('choose among the screens, of which the second is heard: %s', (key, kind, screen) => {
    expect(wallAction(key, list, 'sport')).toEqual({ kind, screen });
  });

  it.each(['0', '3', '12', 'x', ' '])('do nothing else: %j', (key) => {
    expect(wallAction(key, list, 'sport')).toBeNull();
  });

  it.each([null, 'gone'])('mean the first screen where none is heard: %s', (heard) => {
    expect(wallAction('Enter', list, heard)).toEqual({ kind: 'open', screen: 'live' });
    expect(wallAction('Enter', [], heard)).toBeNull();
  });
});
