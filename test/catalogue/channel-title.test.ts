import { describe, expect, it } from 'vitest';
import { channelTitle } from '../../src/catalogue/channel-title.ts';

describe('a channel’s title', () => {
  it.each<[raw: string, country: string | null, name: string, quality: string | null]>([
    ['TF1', null, 'TF1', null],
    ['FR: TF1 FHD', null, 'TF1', 'FHD'],
    ['┃FR┃ TF1 ᵁᴴᴰ ◉', null, 'TF1', 'UHD'],
    ['FR TF1 HD', null, 'FR TF1', 'HD'],
    ['FR TF1 HD', 'FR', 'TF1', 'HD'],
    ['|UK| SKY SPORTS MAIN EVENT HEVC', null, 'SKY SPORTS MAIN EVENT', null],
    ['4K', null, '4K', null],
  ])('of %s (%s) is %s in %s', (raw, country, name, quality) => {
    expect(channelTitle(raw, country)).toEqual({ name, quality });
  });
});
