import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { accountId, channelId } from '../../src/domain/ids.ts';
import { AddressFile } from '../../src/m3u/address-file.ts';
import { ChannelAddresses } from '../../src/m3u/channel-addresses.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

const LIST = 'http://list.example/get?token=of-the-list';
const idOf = (number: number) => channelId(accountId('m1'), number);
let dirs: TempDirs;
let path: string;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());
beforeEach(async () => {
  path = join(await dirs.next(), 'catalogue-m1', 'addresses.sealed');
});

const open = (list = LIST, secret = 'secret') => new AddressFile({ path, secret, list });

/** Many more bytes than a stream gives at a time. */
function someAddresses(count = 3_000): ChannelAddresses {
  const all = new ChannelAddresses();
  for (let from = 0; from < count; from += 500) {
    const ids = Array.from({ length: 500 }, (_, at) => idOf(from + at));
    const packed = JSON.stringify(ids.map((id) => [{ url: `http://stream.example/of-the-list/${id}` }]));
    all.add({ ids, packed: new Uint8Array(Buffer.from(packed)) });
  }
  return all;
}

it('gives back every address, and holds none in the clear', async () => {
  await open().save(someAddresses());
  expect((await readFile(path)).includes('of-the-list')).toBe(false);
  const loaded = await open().load();
  expect(loaded?.size).toBe(3_000);
  for (const number of [0, 499, 500, 2_999])
    expect(loaded?.of(idOf(number))).toEqual([{ url: `http://stream.example/of-the-list/m1:${number}` }]);
});

it('opens with its own list and secret alone', async () => {
  await open().save(someAddresses(500));
  expect(await open('http://other.example').load()).toBeNull();
  expect(await open(LIST, 'other').load()).toBeNull();
  expect(await open().load()).not.toBeNull();
});

it.each<[string, (bytes: Buffer) => Buffer]>([
  ['cut off', (bytes) => bytes.subarray(0, -100)],
  ['empty', () => Buffer.alloc(0)],
  ['changed', (bytes) => Buffer.concat([bytes.subarray(0, 50), Buffer.from('x'), bytes.subarray(51)])],
])('ignores a file that is %s', async (_, damage) => {
  await open().save(someAddresses(500));
  await writeFile(path, damage(await readFile(path)));
  expect(await open().load()).toBeNull();
});

it('is none where there is no file', async () => {
  expect(await open().load()).toBeNull();
});
