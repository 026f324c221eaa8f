import { describe, expect, it } from 'vitest';
import type { Quality } from '../../src/catalogue/names/tags.ts';
import { bestVariant } from '../../src/catalogue/variants.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { mainId } from '../fakes/main-id.ts';

function best(names: readonly string[], wish?: Quality): string {
  const [first, ...others] = names.map(
    (name, id): Channel => ({
      id: mainId(id),
      number: null,
      name,
      categoryId: null,
      logo: null,
      epgId: null,
      archiveDays: 0,
    }),
  );
  if (!first) throw new Error('no names');
  return bestVariant({ variants: [first, ...others] }, wish).name;
}

describe('bestVariant', () => {
  it('returns the first variant without a wish', () => {
    expect(best(['TF1 FHD', 'TF1 HD'])).toBe('TF1 FHD');
  });

  it.each<[Quality, readonly string[], string]>([
    ['HD', ['TF1 FHD', 'TF1 HD', 'TF1 SD'], 'TF1 HD'],
    ['UHD', ['TF1 FHD', 'TF1 4K', 'TF1 SD'], 'TF1 4K'],
    ['UHD', ['TF1 HD', 'TF1 FHD', 'TF1 SD'], 'TF1 FHD'],
    ['SD', ['TF1 FHD', 'TF1 HD'], 'TF1 HD'],
    ['SD', ['TF1 FHD', 'TF1'], 'TF1'],
    ['HD', ['TF1 HD BACKUP', 'TF1 FHD'], 'TF1 FHD'],
    ['HD', ['TF1 HD HEVC', 'TF1 HD'], 'TF1 HD'],
    ['HD', ['TF1 HD HEVC', 'TF1 FHD'], 'TF1 HD HEVC'],
    ['HD', ['TF1 HD RAW', 'TF1 HD'], 'TF1 HD'],
    ['FHD', ['TF1 FHD BACKUP'], 'TF1 FHD BACKUP'],
  ])('returns for %s of %j: %s', (wish, names, name) => {
    expect(best(names, wish)).toBe(name);
  });
});
