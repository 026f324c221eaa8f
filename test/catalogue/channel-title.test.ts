import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullName, labelOf, nameWithoutTags, titleOf } from '../../src/catalogue/channel-title.ts';
import { channelsOf } from '../commands/asking.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const category = { id: '3', name: 'FR| GENERAL' };
const names = ['┃FR┃ TF1 ᵁᴴᴰ ◉', 'FR TF1 HD', 'FR| RTL HD', 'DE| RTL FHD', 'FR M6'];

let fake: FakeHttp;
beforeAll(async () => {
  fake = await startFakeHttp({ channels: channelsOf(names, category), categories: [category] });
});
afterAll(() => fake.stop());

describe('labelOf', () => {
  it.each<[name: string, id: number, label: string]>([
    ['┃FR┃ TF1 ᵁᴴᴰ ◉', 1, 'TF1'],
    ['FR TF1 HD', 2, 'TF1'],
    ['FR| RTL HD', 3, 'RTL (FR)'],
    ['DE| RTL FHD', 4, 'RTL (DE)'],
    ['FR M6', 5, 'M6'],
    ['|UK| SKY SPORTS MAIN EVENT HEVC', 99, 'SKY SPORTS MAIN EVENT'],
    ['FR TF1 HD', 99, 'FR TF1'],
    ['FR: Arte HD', 5, 'Arte'],
  ])('names %s (%d) %s', (name, id, label) => {
    expect(labelOf(fake.context, { id: mainId(id), name })).toBe(label);
  });
});

describe('titleOf', () => {
  it('gives the label and the quality of the provider’s name', () => {
    expect(titleOf(fake.context, { id: mainId(2), name: 'FR TF1 HD' })).toEqual({
      name: 'TF1',
      quality: 'HD',
    });
    expect(titleOf(fake.context, { id: mainId(5), name: 'FR M6' })).toEqual({ name: 'M6', quality: null });
  });
});

describe('fullName', () => {
  it('adds the quality where the provider’s name tells it', () => {
    expect(fullName(fake.context, { id: mainId(4), name: 'DE| RTL FHD' })).toBe('RTL (DE) FHD');
    expect(fullName(fake.context, { id: mainId(5), name: 'FR M6' })).toBe('M6');
  });
});

describe('nameWithoutTags', () => {
  it.each([
    ['TF1', 'TF1'],
    ['FR: TF1 FHD', 'TF1'],
    ['FR TF1 HD', 'FR TF1'],
    ['4K', '4K'],
  ])('makes %s %s', (raw, name) => {
    expect(nameWithoutTags(raw)).toBe(name);
  });
});
