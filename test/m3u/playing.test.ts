import { afterEach, beforeEach, expect, it } from 'vitest';
import { AccountPool } from '../../src/accounts/account-pool.ts';
import { Slots } from '../../src/accounts/slots.ts';
import { accountId } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { M3uProvider } from '../../src/m3u/provider.ts';
import { Tuners } from '../../src/stream/tuner/tuners.ts';
import { Origin, says, sends } from '../fakes/origin.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const id = accountId('m1');
let origin: Origin;
let tuners: Tuners;

beforeEach(async () => {
  origin = await new Origin().start();
});
afterEach(async () => {
  await tuners.stop();
  await origin.stop();
});

it('plays a channel of a list, from its second address where the first is dead', async () => {
  origin.answer((request, response) => {
    const isWanted = request.headers.referer === 'http://site.example/' && request.url === '/second';
    if (request.url === '/list')
      says(200, '#EXTINF:-1,A\nfirst\n#EXTINF:-1,A\n/second|Referer=http://site.example/')(request, response);
    else (isWanted ? sends() : says(404))(request, response);
  });
  const { http } = origin;
  const provider = new M3uProvider({
    accountId: id,
    address: origin.url('/list'),
    userAgent: 'Player/1',
    http,
  });
  const [channel] = (await provider.lineup()).channels;
  if (!channel) throw new Error('the list has no channel');
  const pool = new AccountPool({
    accounts: [{ id, provider, http, slots: new Slots() }],
    clock: systemClock,
  });
  tuners = new Tuners(pool, { clock: systemClock, logger: silentLogger });
  const acquire = () =>
    tuners.acquire({ channelId: channel.id, name: channel.name }, 'screen', new AbortController().signal);
  await expect(acquire()).rejects.toMatchObject({ code: 'channel_dead' });
  await expect(acquire()).resolves.toMatchObject({ layout: { video: 'h264' } });
  expect(origin.requests).toEqual(['/list', '/first', '/second']);
});
