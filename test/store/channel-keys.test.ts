import { beforeEach, describe, expect, it } from 'vitest';
import { channelId, mainAccount } from '../../src/domain/ids.ts';
import { ChannelKeys } from '../../src/store/channel-keys.ts';
import { openDatabase } from '../../src/store/database.ts';

const named = (own: string, channelName: string) => ({ channelId: channelId(mainAccount, own), channelName });
const tf1 = named('1', 'TF1');
const arte = named('2', 'Arte');
const m6 = named('3', 'M6');

let keys: ChannelKeys;
beforeEach(() => {
  keys = new ChannelKeys(openDatabase(':memory:'));
});

describe('ChannelKeys', () => {
  it('mints keys from 100 up, once a channel', () => {
    expect([tf1, arte, tf1].map((channel) => keys.keyOf(channel))).toEqual([100, 101, 100]);
    expect(keys.channelOf(100)).toBe('main:1');
    expect(keys.channelOf(101)).toBe('main:2');
  });

  it('skips the keys that a damaged database has lost', () => {
    keys.skipLost();
    expect(keys.keyOf(tf1)).toBe(1_000_101);
    keys.skipLost();
    expect(keys.keyOf(arte)).toBe(2_000_102);
    expect([100, 1_000_100, 2_000_101].map((key) => keys.channelOf(key))).toEqual([null, null, null]);
    expect([...keys.remembered()]).toHaveLength(2);
  });

  it('knows no channel for a key that was never minted, or for a screen', () => {
    keys.keyOf(tf1);
    expect([1, 99, 101, -100, 100.5].map((key) => keys.channelOf(key))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('lets keys follow channels that change places', () => {
    const before = [keys.keyOf(tf1), keys.keyOf(arte)];
    const moves = [
      { from: tf1, to: { ...tf1, channelId: arte.channelId } },
      { from: arte, to: { ...arte, channelId: tf1.channelId } },
    ];
    keys.move(moves);
    expect(before.map((key) => keys.channelOf(key))).toEqual(['main:2', 'main:1']);
    keys.move(moves);
    expect(before.map((key) => keys.channelOf(key))).toEqual(['main:2', 'main:1']);
  });

  it('keeps all keys of a channel that comes to an id with a key, and gives out the oldest', () => {
    keys.keyOf(tf1);
    const moved = named('9', 'TF1');
    keys.keyOf(moved);
    keys.move([{ from: tf1, to: moved }]);
    expect([100, 101].map((key) => keys.channelOf(key))).toEqual(['main:9', 'main:9']);
    expect(keys.keyOf(moved)).toBe(100);
  });

  it('never gives the key of a channel that has left to the one that has its id now', () => {
    keys.keyOf(tf1);
    keys.keyOf(arte);
    keys.move([
      { from: arte, to: null },
      { from: tf1, to: { ...tf1, channelId: arte.channelId } },
    ]);
    expect(keys.channelOf(100)).toBe('main:2');
    expect(keys.channelOf(101)).toBeNull();
    expect(keys.keyOf(m6)).toBe(102);
    expect([...keys.remembered()]).toEqual([{ ...tf1, channelId: arte.channelId }, m6]);
  });

  it('takes a new name along, by which the key follows the next time', () => {
    keys.keyOf(tf1);
    keys.move([{ from: tf1, to: named('5', 'TF1 HD') }]);
    keys.move([{ from: named('5', 'TF1 HD'), to: named('6', 'TF1 HD') }]);
    expect(keys.channelOf(100)).toBe('main:6');
  });
});
