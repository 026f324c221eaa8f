import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Slots } from '../../../src/accounts/slots.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { type TunerLease, Tuners, type TunerWish } from '../../../src/stream/tuner/tuners.ts';
import { watchOutcome } from '../../fakes/broadcast-bench.ts';
import { Origin, says, sends, silence } from '../../fakes/origin.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const timeouts = { firstByte: 2_000, silence: 2_000, refusals: 0 };
const never = new AbortController().signal;

let origin: Origin;
let slots: Slots;
let tuners: Tuners;

beforeEach(async () => {
  origin = await new Origin().start();
  origin.answer(sends());
  slots = new Slots(1);
  const { http } = origin;
  tuners = new Tuners(slots, { http, clock: systemClock, logger: silentLogger, timeouts });
});
afterEach(async () => {
  await tuners.stop();
  await origin.stop();
});

describe('the tuners', () => {
  it('let two who want one channel share one connection, also while it is being opened', async () => {
    const [one, two] = await Promise.all([acquire(1), acquire(1)]);
    const three = await acquire(1);
    expect(origin.requests).toEqual(['/1']);
    expect(slots.free).toBe(0);
    expect([one, two, three].map(({ layout }) => layout.video)).toEqual(['h264', 'h264', 'h264']);
  });

  it('close a connection with its last share, and only then is the slot free', async () => {
    const [one, two] = await Promise.all([acquire(1), acquire(1)]);
    await one.release();
    await one.release();
    expect(slots.free).toBe(0);
    const releasing = two.release();
    expect(slots.free).toBe(0);
    await releasing;
    expect(slots.free).toBe(1);
    await closed();
  });

  it('wait for a connection that is freed late, however that is said', async () => {
    tuners = new Tuners(slots, {
      ...{ http: origin.http, clock: systemClock, logger: silentLogger },
      timeouts: { ...timeouts, refusals: 2_000 },
    });
    origin.answer(says(503), sends());
    await expect(acquire(1)).rejects.toMatchObject({ code: 'provider_status' });
    await (await acquire(1)).release();
    origin.answer(says(503), says(404), says(200, '<html>'), sends());
    await (await acquire(2)).release();
    expect(origin.requests).toEqual(['/1', '/1', '/2', '/2', '/2', '/2']);
  });

  it('ask about the line once, for many refusals', async () => {
    let asked = 0;
    tuners = new Tuners(slots, {
      ...{ http: origin.http, clock: systemClock, logger: silentLogger, timeouts },
      askLine: async () => {
        asked++;
        return 'full';
      },
    });
    origin.answer(says(403));
    for (const id of [1, 2, 3]) await expect(acquire(id)).rejects.toMatchObject({ code: 'line_in_use' });
    expect(asked).toBe(1);
  });

  it('say why a channel was refused, where there was no time to try again', async () => {
    tuners = new Tuners(slots, {
      ...{ http: origin.http, clock: systemClock, logger: silentLogger },
      timeouts: { ...timeouts, refusals: 5_000 },
    });
    tuners.noteFreed();
    origin.answer(says(403));
    const limit = new AbortController();
    setTimeout(() => limit.abort(new AppError('channel_silent')), 100);
    await expect(acquire(1, limit.signal)).rejects.toMatchObject({
      code: 'line_in_use',
      params: { status: 403 },
    });
  });

  it('say at once which channel holds the slot', async () => {
    await acquire(1);
    expect(tuners.canOpen(1)).toBe(true);
    expect(tuners.canOpen(2)).toBe(false);
    await expect(acquire(2)).rejects.toMatchObject({
      code: 'no_slot',
      params: { capacity: 1, holders: 'Channel 1' },
    });
    expect(origin.requests).toEqual(['/1']);
  });

  it('open another channel as soon as the first is given back', async () => {
    const one = await acquire(1);
    await one.release();
    await acquire(2);
    expect(slots.holders).toEqual(['Channel 2']);
  });

  it('open a new connection for whoever comes while the old one is being closed', async () => {
    const one = await acquire(1);
    const releasing = one.release();
    const [two, three] = await Promise.all([acquire(1), acquire(1)]);
    await releasing;
    expect(origin.requests).toEqual(['/1', '/1']);
    const ended = watchOutcome(two.ended);
    await three.release();
    expect(ended()).toBe('pending');
    expect(slots.free).toBe(0);
  });

  it('open a channel undisturbed by whoever leaves meanwhile', async () => {
    origin.answer((request, response) => setTimeout(() => sends()(request, response), 40));
    const abort = new AbortController();
    const impatient = watchOutcome(acquire(1, abort.signal));
    const patient = acquire(1);
    abort.abort(new Error('gone'));
    await patient;
    expect(impatient()).toBe('Error: gone');
    expect(origin.requests).toHaveLength(1);
    expect(slots.free).toBe(0);
  });

  it('leave nothing open when the only one leaves while it is being opened', async () => {
    origin.answer(silence());
    const abort = new AbortController();
    const opening = acquire(1, abort.signal);
    setTimeout(() => abort.abort(new Error('gone')), 20);
    await expect(opening).rejects.toThrow('gone');
    expect(slots.free).toBe(1);
    await closed();
  });

  it('do not begin for somebody who has left already', async () => {
    await expect(acquire(1, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(origin.requests).toEqual([]);
    expect(slots.free).toBe(1);
  });

  it('get the slot back from a channel that fails, and can try it again', async () => {
    origin.answer(says(404), sends());
    const both = [watchOutcome(acquire(1)), watchOutcome(acquire(1))];
    await expect(acquire(1)).rejects.toMatchObject({ code: 'channel_dead' });
    expect(both.map((outcome) => outcome())).toEqual(['channel_dead', 'channel_dead']);
    expect(slots.free).toBe(1);
    await acquire(1);
  });

  it('get the slot back from a channel that ends, though shares are still held', async () => {
    origin.answer((request, response) => {
      sends()(request, response);
      setTimeout(() => response.end(), 20);
    }, sends());
    const one = await acquire(1);
    await expect(one.ended).resolves.toMatchObject({ code: 'channel_ended' });
    expect(slots.free).toBe(1);
    const two = await acquire(1);
    // The share in the dead connection has nothing to do with the living one.
    await one.release();
    expect(slots.free).toBe(0);
    const ended = watchOutcome(two.ended);
    await Promise.resolve();
    expect(ended()).toBe('pending');
  });

  it('end a share that yields for one that does not, where there is no other slot', async () => {
    const link = await acquire(1, never, { yields: true });
    const screen = await acquire(2);
    await expect(link.ended).resolves.toMatchObject({ code: 'no_slot', params: { holders: 'Channel 2' } });
    expect(slots.holders).toEqual(['Channel 2']);
    await expect(acquire(1, never, { yields: true })).rejects.toMatchObject({ code: 'no_slot' });
    await link.release();
    await screen.release();
    expect(slots.free).toBe(1);
  });

  it('end a share that yields also while the channel is being opened', async () => {
    origin.answer(silence(), sends());
    const link = watchOutcome(acquire(1, never, { yields: true }));
    await expect.poll(() => origin.open).toBe(1);
    await acquire(2);
    expect(link()).toBe('no_slot');
  });

  it('end no share where there is a slot, for another that yields, or of a channel with one that does not', async () => {
    slots.capacity = 2;
    const link = watchOutcome((await acquire(1, never, { yields: true })).ended);
    await acquire(2);
    await acquire(2, never, { yields: true });
    await expect(acquire(3, never, { yields: true })).rejects.toMatchObject({ code: 'no_slot' });
    expect(link()).toBe('pending');
    await acquire(1);
    await expect(acquire(3)).rejects.toMatchObject({ code: 'no_slot' });
    expect(link()).toBe('pending');
  });

  it('say who holds the slot once the one who opened it has left', async () => {
    const screen = await acquire(1);
    await acquire(1, never, { yields: true, name: 'Channel 1 (/vlc Ana)' });
    await screen.release();
    expect(slots.holders).toEqual(['Channel 1 (/vlc Ana)']);
  });

  it('open nothing once they are stopped', async () => {
    await tuners.stop();
    await expect(acquire(1)).rejects.toMatchObject({ code: 'channel_ended' });
    expect(origin.requests).toEqual([]);
  });

  it('close everything when they are stopped', async () => {
    slots.capacity = 2;
    const leases = await Promise.all([acquire(1), acquire(2)]);
    await tuners.stop();
    expect(slots.free).toBe(2);
    for (const { ended } of leases) await expect(ended).resolves.toMatchObject({ code: 'channel_ended' });
    await closed();
  });
});

function acquire(
  channelId: number,
  signal: AbortSignal = never,
  more: Partial<TunerWish> = {},
): Promise<TunerLease> {
  const source = {
    channelId,
    url: origin.url(`/${channelId}`),
    format: 'ts',
    userAgent: 'Player/1',
  } as const;
  return tuners.acquire({ source, name: `Channel ${channelId}`, ...more }, signal);
}

/** Resolves once the provider has seen all connections go. */
async function closed(): Promise<void> {
  while (origin.open > 0) await new Promise((resolve) => setTimeout(resolve, 2));
}
