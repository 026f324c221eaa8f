import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Purpose } from '../../../src/accounts/purpose.ts';
import { Slots } from '../../../src/accounts/slots.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { type TunerLease, Tuners } from '../../../src/stream/tuner/tuners.ts';
import { goodAccount, poolOf } from '../../fakes/account-pool.ts';
import { mainId } from '../../fakes/main-id.ts';
import { Origin, says, sends } from '../../fakes/origin.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

let origin: Origin;
let slots: Slots;
let tuners: Tuners;
/** What the panel counts. */
let active: number;
beforeEach(async () => {
  origin = await new Origin().start();
  slots = new Slots(null);
  active = 0;
  const accounts = poolOf({
    slots,
    http: origin.http,
    urlOf: (number) => origin.url(`/${number}`),
    account: async () => ({ ...goodAccount, maxConnections: null, activeConnections: active }),
  });
  const timeouts = { firstByte: 2_000, silence: 2_000, refusals: 500 };
  tuners = new Tuners(accounts, { clock: systemClock, logger: silentLogger, timeouts });
});
afterEach(async () => {
  await tuners.stop();
  await origin.stop();
});

const acquire = (channel: number, purpose: Purpose = 'client'): Promise<TunerLease> =>
  tuners.acquire(
    { channelId: mainId(channel), name: `Channel ${channel}` },
    purpose,
    new AbortController().signal,
  );
/** Refuses everything beyond so many connections. */
const allows = (connections: number, status: number) =>
  origin.answer((request, response) =>
    (origin.open > connections ? says(status) : sends())(request, response),
  );
const learned = () => [slots.limit.origin, slots.capacity];

describe('a login whose limit nobody tells', () => {
  it('gets one connection more each time, until the panel says that there are too many', async () => {
    allows(2, 458);
    await acquire(1);
    await acquire(2);
    await expect(acquire(3)).rejects.toMatchObject({ code: 'line_in_use' });
    expect(learned()).toEqual(['learned', 2]);
    const asked = origin.requests.length;
    await expect(acquire(4)).rejects.toMatchObject({ code: 'no_slot', params: { capacity: 2 } });
    expect(origin.requests).toHaveLength(asked);
  });

  it('learns from a refusal with two meanings once the channel opens with one connection less', async () => {
    allows(1, 403);
    const first = await acquire(1);
    await expect(acquire(2)).rejects.toMatchObject({ code: 'channel_refused' });
    await first.release();
    await acquire(2);
    expect(learned()).toEqual(['learned', 1]);
  });

  it('opens other channels while one is in doubt', async () => {
    await openBeside(says(403));
    await expect(acquire(2)).rejects.toMatchObject({ code: 'channel_refused' });
    await expect(acquire(2)).rejects.toMatchObject({ code: 'no_slot' });
    origin.answer(sends());
    await acquire(3);
    await acquire(2);
    expect(learned()).toEqual(['assumed', 4]);
  });

  it('learns nothing from a channel that is refused alone too', async () => {
    const first = await openBeside(says(403));
    await expect(acquire(2)).rejects.toMatchObject({ code: 'channel_refused' });
    await first.release();
    await expect(acquire(2)).rejects.toMatchObject({ code: 'channel_refused' });
    expect(learned()).toEqual(['assumed', 2]);
  });

  it('learns nothing from a dead channel, nor while somebody else has the connections', async () => {
    await openBeside(says(404));
    await expect(acquire(2)).rejects.toMatchObject({ code: 'channel_dead' });
    expect(learned()).toEqual(['assumed', 2]);
    active = 3;
    origin.answer(says(403));
    await expect(acquire(3)).rejects.toMatchObject({ code: 'channel_refused' });
    expect(learned()).toEqual(['assumed', 2]);
  });

  it('learns from a panel that closes the oldest connection for a new one', async () => {
    let last: ServerResponse | null = null;
    origin.answer((request, response) => {
      last?.destroy();
      last = response;
      sends()(request, response);
    });
    const first = await acquire(1);
    await acquire(2);
    await first.ended;
    await expect.poll(learned).toEqual(['learned', 1]);
  });
});

/** Opens a channel, and has all others answered so. */
async function openBeside(answer: ReturnType<typeof says>): Promise<TunerLease> {
  origin.answer((request, response) => (request.url === '/1' ? sends() : answer)(request, response));
  return acquire(1);
}
