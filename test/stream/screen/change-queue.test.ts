import { describe, expect, it } from 'vitest';
import type { BroadcastStatus } from '../../../src/domain/broadcast-status.ts';
import { ChangeQueue } from '../../../src/stream/screen/change-queue.ts';
import { makeBroadcast, wishFor } from '../../fakes/broadcast-bench.ts';
import { mainId } from '../../fakes/main-id.ts';

const { status } = makeBroadcast().broadcast;
const ada = { id: 'discord:1', name: 'Ada' };

describe('ChangeQueue', () => {
  it('makes one change after another', async () => {
    const queue = new ChangeQueue();
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];
    const first = queue.add(async () => {
      await gate.promise;
      order.push('first');
    });
    const second = queue.add(() => {
      order.push('second');
    });
    gate.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });

  it('tells whoever is called off who wants what instead', () => {
    const queue = new ChangeQueue();
    const signal = queue.callOff();
    expect(signal.aborted).toBe(false);
    queue.callOff(ada, { channelId: mainId(3), name: 'Arte' });
    expect(signal.reason).toMatchObject({ code: 'overtaken', params: { by: 'Ada', wanted: 'Arte' } });
  });

  it('has one pending wish, until it is over, called off or settled', async () => {
    const queue = new ChangeQueue();
    const outcome = queue.addWish(wishFor(7), async () => status);
    expect(queue.hasPending).toBe(true);
    expect(queue.pendingFor(wishFor(7))).toBe(outcome);
    expect(queue.pendingFor(wishFor(8))).toBeNull();
    await outcome;
    expect(queue.hasPending).toBe(false);

    const endless = Promise.withResolvers<BroadcastStatus>();
    void queue.addWish(wishFor(7), () => endless.promise);
    queue.callOff();
    expect(queue.hasPending).toBe(false);
    void queue.addWish(wishFor(8), async () => status);
    endless.resolve(status);
    expect(queue.pendingFor(wishFor(8))).not.toBeNull();
    queue.settlePending();
    expect(queue.hasPending).toBe(false);
  });

  it('makes a change that nobody asked for only while nothing is under way', async () => {
    const queue = new ChangeQueue();
    const gate = Promise.withResolvers<boolean>();
    const change = queue.addUnasked(() => gate.promise);
    expect(queue.isExchanging).toBe(true);
    expect(await queue.addUnasked(async () => true)).toBe(false);
    gate.resolve(true);
    expect(await change).toBe(true);
    expect(queue.isExchanging).toBe(false);

    const wish = queue.addWish(wishFor(7), async () => status);
    expect(await queue.addUnasked(async () => true)).toBe(false);
    await wish;
  });

  it('does not begin a change that nobody asked for once it is called off', async () => {
    const queue = new ChangeQueue();
    const gate = Promise.withResolvers<void>();
    void queue.add(() => gate.promise);
    let isMade = false;
    const change = queue.addUnasked(async () => {
      isMade = true;
      return true;
    });
    queue.callOff(ada);
    gate.resolve();
    expect(await change).toBe(false);
    expect(isMade).toBe(false);
  });

  it('takes everything for too late once it is closed', async () => {
    const queue = new ChangeQueue();
    const signal = queue.callOff();
    await queue.close();
    await queue.close();
    expect(signal.reason).toMatchObject({ code: 'superseded' });
    expect(queue.callOff(ada, { channelId: mainId(3), name: 'Arte' }).reason).toMatchObject({
      code: 'superseded',
    });
  });
});
