import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JellyfinServer } from '../../src/outputs/jellyfin/jellyfin-server.ts';
import { LibraryPush } from '../../src/outputs/jellyfin/library-push.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FakeJellyfin } from '../fakes/jellyfin-server.ts';

const MINUTE = 60_000;
const PATIENT = { timeout: 10_000 };
let jellyfin: FakeJellyfin;
let clock: FakeClock;
let push: LibraryPush;
let said: unknown[];
let isNamed: boolean;
let apiKey: string;
beforeEach(async () => {
  jellyfin = await FakeJellyfin.start();
  [clock, said, isNamed, apiKey] = [new FakeClock(), [], true, jellyfin.apiKey];
  const say = (facts: object) => void said.push(facts);
  const options = () => ({ url: jellyfin.url, apiKey, deviceId: '', signal: new AbortController().signal });
  push = new LibraryPush({
    server: () => (isNamed ? new JellyfinServer(options()) : null),
    clock,
    logger: { info: say, warn: say, error: say } as never,
  });
});
afterEach(async () => {
  push.stop();
  await jellyfin.stop();
});

const looked = (expected: unknown[]) => expect.poll(() => jellyfin.looked, PATIENT).toEqual(expected);
const hasSaid = (expected: unknown[]) => expect.poll(() => said, PATIENT).toEqual(expected);

describe('new recordings', () => {
  it('make Jellyfin look at them alone, where its libraries have the same folder', async () => {
    jellyfin.locations = ['/movies', '/recordings/Shows/'];
    for (const name of ['a', 'b']) push.fileMade(`/recordings/Shows/${name}.mkv`);
    await clock.advance(5_000);
    await looked([['/recordings/Shows/a.mkv', '/recordings/Shows/b.mkv']]);
  });

  it('make it look at all libraries, where a container has the folder somewhere else', async () => {
    jellyfin.locations = ['/media/Shows', '/recordings/Show'];
    push.fileMade('/recordings/Shows/a.mkv');
    await clock.advance(5_000);
    await looked(['everything']);
  });

  it('are told once a minute at most', async () => {
    push.fileMade('/a.mkv');
    await clock.advance(5_000);
    await hasSaid([{ files: 1 }]);
    for (const name of ['b', 'c']) push.fileMade(`/${name}.mkv`);
    await clock.advance(MINUTE - 1_000);
    expect(jellyfin.looked).toHaveLength(1);
    await clock.advance(1_000);
    await hasSaid([{ files: 1 }, { files: 2 }]);
  });

  it('cost a line in the log where Jellyfin refuses or does not answer, and nothing more', async () => {
    apiKey = 'wrong';
    push.fileMade('/a.mkv');
    await clock.advance(5_000);
    await hasSaid([{ problem: 'refused' }]);
    [apiKey, jellyfin.isStarting] = [jellyfin.apiKey, true];
    push.fileMade('/b.mkv');
    await clock.advance(MINUTE);
    await hasSaid([{ problem: 'refused' }, { problem: 'unreachable' }]);
    await clock.advance(10 * MINUTE);
    expect(said).toHaveLength(2);
  });

  it('ask nobody where no server is named', async () => {
    isNamed = false;
    push.fileMade('/a.mkv');
    await clock.advance(10 * MINUTE);
    expect([jellyfin.requests, said]).toEqual([0, []]);
  });
});
