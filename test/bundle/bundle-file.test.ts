import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBundle, readBundleFile, sealBundle } from '../../src/bundle/bundle-file.ts';
import { AppError } from '../../src/domain/errors.ts';
import { migrations } from '../../src/store/migrations.ts';
import { databaseOf, rowsOf } from '../../src/store/table-rows.ts';
import { sentence } from '../../src/words/sentence.ts';
import { someBundle, someDatabase } from '../fakes/some-bundle.ts';

const PASSPHRASE = 'four words of mine';
const maker = { version: '9.8.7', now: Date.UTC(2026, 10, 29) };
let text: string;
beforeAll(async () => {
  text = await sealBundle(someBundle, PASSPHRASE, maker);
});

function refusal(content: string): string | null {
  try {
    readBundleFile(content);
    return null;
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe('an export', () => {
  it('brings back everything', async () => {
    const bundle = await openBundle(readBundleFile(text), PASSPHRASE);
    expect(bundle).toEqual(someBundle);
    expect(rowsOf(databaseOf(bundle.tables, bundle.schema))).toEqual(rowsOf(someDatabase()));
  });

  it('is one JSON object, which says in clear when and by what it was made, and nothing else', () => {
    const { sealed, ...head } = JSON.parse(text);
    expect(Object.keys(sealed).sort()).toEqual(
      [
        'block_size',
        'cipher',
        'cost',
        'digest',
        'kdf',
        'nonce',
        'parallelization',
        'salt',
        'tag',
        'text',
      ].sort(),
    );
    expect(head).toEqual({
      zapette: 'export',
      format: 1,
      schema: migrations.length,
      made_at: '2026-11-29T00:00:00.000Z',
      made_by: '9.8.7',
    });
  });

  it('does not open with another passphrase', async () => {
    await expect(openBundle(readBundleFile(text), 'four words of yours')).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
  });

  it.each(['', 'short', 'seven 7'])('is not made with “%s” as the passphrase', async (short) => {
    await expect(sealBundle(someBundle, short, maker)).rejects.toMatchObject({ code: 'passphrase_short' });
  });
});

describe('a file that is no good export', () => {
  const changed = (change: object) => JSON.stringify({ ...JSON.parse(text), ...change });
  it.each<[string, string, () => string]>([
    ['empty', 'bundle_not_ours', () => ''],
    ['a picture', 'bundle_not_ours', () => '\u0089PNG\r\n'],
    ['other JSON', 'bundle_not_ours', () => '{"a":1}'],
    ['null', 'bundle_not_ours', () => 'null'],
    ['cut off', 'bundle_damaged', () => text.slice(0, -20)],
    ['cut off early', 'bundle_damaged', () => text.slice(0, 40)],
    ['without its sealed part', 'bundle_damaged', () => changed({ sealed: undefined })],
    ['with another date', 'bundle_damaged', () => changed({ made_at: 'yesterday' })],
    ['with a version that is none', 'bundle_damaged', () => changed({ made_by: 'a b\u001b[2J' })],
    ['of a later format', 'bundle_too_new', () => changed({ format: 2, sealed: 'otherwise' })],
    ['of a later schema', 'bundle_too_new', () => changed({ schema: migrations.length + 1 })],
  ])('%s is refused as %s', (_what, code, make) => {
    expect(refusal(make())).toBe(code);
  });

  it('is refused where what stands in clear was changed', async () => {
    const file = readBundleFile(changed({ made_by: '9.8.8' }));
    await expect(openBundle(file, PASSPHRASE)).rejects.toMatchObject({ code: 'bundle_damaged' });
  });

  it('is refused where its rows do not fit, although it was sealed well', async () => {
    const odd = { ...someBundle, tables: { ...someBundle.tables, people: [{ id: 'x' }] } };
    const file = readBundleFile(await sealBundle(odd, PASSPHRASE, maker));
    await expect(openBundle(file, PASSPHRASE)).rejects.toMatchObject({ code: 'bundle_damaged' });
  });

  it('is refused with a sentence, whichever byte of it is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 126 }), async (place, other) => {
        const at = place % text.length;
        const letter = String.fromCharCode(other);
        const content = text.slice(0, at) + letter + text.slice(at + 1);
        fc.pre(content !== text);
        try {
          const file = readBundleFile(content);
          // Only what stands between the parts may differ.
          expect(await openBundle(file, PASSPHRASE)).toEqual(someBundle);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          expect(sentence('fr', error.code, error.params)).not.toMatch(/\?$|\{/);
          expect(['bundle_not_ours', 'bundle_damaged', 'bundle_too_new']).toContain(error.code);
        }
      }),
      { numRuns: 60 },
    );
  });
});
