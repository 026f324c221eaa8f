import { describe, expect, it } from 'vitest';
import { isSameLineup } from '../../src/catalogue/same-lineup.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { mainId } from '../fakes/main-id.ts';

const channel: Channel = {
  id: mainId(1),
  number: 1,
  name: 'TF1',
  categoryId: '1',
  logo: null,
  epgId: 'tf1.fr',
  archiveDays: 0,
};
const categories = [{ id: '1', name: 'France' }];

describe('isSameLineup', () => {
  it('returns true for a copy', async () => {
    const a = { channels: [channel, { ...channel, id: mainId(2) }], categories };
    expect(await isSameLineup(a, structuredClone(a))).toBe(true);
  });

  it.each<[string, Partial<Channel>]>([
    ['id', { id: mainId(2) }],
    ['number', { number: null }],
    ['name', { name: 'TF1 HD' }],
    ['category', { categoryId: null }],
    ['logo', { logo: 'http://127.0.0.1/logo.png' }],
    ['archive', { archiveDays: 3 }],
    ['guide', { epgId: null, archiveDays: 0 }],
  ])('notices a different %s', async (_field, change) => {
    const changed = { channels: [{ ...channel, ...change }], categories };
    expect(await isSameLineup({ channels: [channel], categories }, changed)).toBe(false);
  });

  it('notices an additional channel and a different category', async () => {
    const a = { channels: [channel], categories };
    expect(await isSameLineup(a, { channels: [channel, channel], categories })).toBe(false);
    expect(await isSameLineup(a, { channels: [channel], categories: [{ id: '1', name: 'Sport' }] })).toBe(
      false,
    );
  });
});
