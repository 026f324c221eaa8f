import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CatalogueFile } from '../../src/catalogue/catalogue-file.ts';
import type { CatalogueData } from '../../src/catalogue/snapshot.ts';
import { accountId, channelId, mainAccount } from '../../src/domain/ids.ts';
import { mainId } from '../fakes/main-id.ts';

let directory: string;
let lines: string[];
let store: CatalogueFile;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'catalogue-'));
  lines = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  store = new CatalogueFile(join(directory, 'catalogue'), { id: mainAccount }, log);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function data(count: number): CatalogueData {
  return {
    refreshedAt: 1_800_000_000_000,
    categories: [{ id: '7', name: 'Général\n"TNT" 📺' }],
    channels: Array.from({ length: count }, (_, index) => ({
      id: mainId(index + 1),
      number: index % 2 ? index : null,
      name: `Chaîne ${index} 🇫🇷`,
      categoryId: '7',
      logo: index % 3 ? `http://logos.example/${index}.png` : null,
      epgId: null,
      archiveDays: 0,
    })),
  };
}

const path = () => join(directory, 'catalogue', 'channels.ndjson');

describe('CatalogueFile', () => {
  it.each([0, 1, 20_000])('returns %i saved channels unchanged', async (count) => {
    await store.save(data(count));
    expect(await store.load()).toEqual(data(count));
    expect(await readdir(join(directory, 'catalogue'))).toEqual(['channels.ndjson']);
  });

  it('returns null without a file and logs nothing', async () => {
    expect(await store.load()).toBeNull();
    expect(lines).toEqual([]);
  });

  it('has numbers for channels of the own account, as in version 0.2, and ids for others', async () => {
    const [first, second] = data(2).channels;
    if (!first || !second) throw new Error('no channels');
    const id = channelId(accountId('second'), 1);
    const saved = { ...data(0), channels: [first, { ...second, id }] };
    await store.save(saved);
    const written = (await readFile(path(), 'utf8')).trim().split('\n').slice(2);
    expect(written.map((line) => JSON.parse(line).id)).toEqual([1, 'second:1']);
    expect(await store.load()).toEqual(saved);
  });

  it('replaces the old file', async () => {
    await store.save(data(3));
    await store.save(data(2));
    expect((await store.load())?.channels).toHaveLength(2);
  });

  it.each([
    ['cut off between two lines', (text: string) => text.split('\n').slice(0, -2).join('\n').concat('\n')],
    ['cut off in a line', (text: string) => text.slice(0, -20)],
    ['empty', () => ''],
    ['no JSON', () => 'hello\n'],
    ['of another version', (text: string) => text.replace('"version":1', '"version":99')],
    ['wrong in a field', (text: string) => text.replace('"number":1', '"number":"1"')],
    ['too long', (text: string) => `${text}${text.split('\n').at(-2)}\n`],
  ])('ignores a file that is %s and logs a warning', async (_what, spoil) => {
    await store.save(data(5));
    await writeFile(path(), spoil(await readFile(path(), 'utf8')));
    expect(await store.load()).toBeNull();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('damaged');
    await store.save(data(1));
    expect((await store.load())?.channels).toHaveLength(1);
  });

  it('keeps the old file when saving is aborted', async () => {
    await store.save(data(3));
    await expect(store.save(data(200_000), AbortSignal.abort(new Error('stopped')))).rejects.toThrow(
      'stopped',
    );
    expect((await store.load())?.channels).toHaveLength(3);
    expect(await readdir(join(directory, 'catalogue'))).toEqual(['channels.ndjson']);
  });
});
