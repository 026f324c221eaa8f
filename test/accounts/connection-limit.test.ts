import { beforeEach, describe, expect, it } from 'vitest';
import { ConnectionLimit } from '../../src/accounts/connection-limit.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';

const DAY = 24 * 60 * 60_000;
let clock: FakeClock;
let limit: ConnectionLimit;
beforeEach(() => {
  clock = new FakeClock();
  limit = new ConnectionLimit(null, clock);
});

const now = () => [limit.value, limit.origin];

describe('a limit that nobody tells', () => {
  it('is one more than have been open at once', () => {
    expect(now()).toEqual([1, 'assumed']);
    limit.noteOpened(mainId(1), 1);
    limit.noteOpened(mainId(2), 2);
    limit.noteOpened(mainId(3), 1);
    expect(now()).toEqual([3, 'assumed']);
  });

  it('is learned from a certain refusal, and one more is tried after a day', () => {
    limit.noteOpened(mainId(1), 1);
    limit.noteOpened(mainId(2), 2);
    limit.noteRefused(mainId(3), 2, true);
    expect(now()).toEqual([2, 'learned']);
    clock.skip(DAY);
    expect(now()).toEqual([3, 'assumed']);
    limit.noteOpened(mainId(3), 3);
    expect(now()).toEqual([4, 'assumed']);
  });

  it('follows a lower limit, and tries one more than that', () => {
    for (const open of [1, 2, 3]) limit.noteOpened(mainId(open), open);
    limit.noteRefused(mainId(9), 1, true);
    clock.skip(DAY);
    expect(now()).toEqual([2, 'assumed']);
  });

  it('is not learned while no other connection is open: somebody else has it, or the channel is dead', () => {
    limit.noteRefused(mainId(1), 0, true);
    limit.noteRefused(mainId(1), 0, false);
    expect(now()).toEqual([1, 'assumed']);
  });

  it('is believed once a channel that was refused opens with fewer connections', () => {
    limit.noteOpened(mainId(1), 1);
    limit.noteRefused(mainId(2), 1, false);
    expect([now(), limit.valueFor(mainId(2)), limit.valueFor(mainId(3))]).toEqual([[2, 'assumed'], 1, 2]);
    limit.noteOpened(mainId(2), 1);
    clock.skip(DAY - 1);
    expect(now()).toEqual([1, 'learned']);
  });

  it('is not believed where the channel is refused alone too, or not tried again', () => {
    limit.noteOpened(mainId(1), 1);
    limit.noteRefused(mainId(2), 1, false);
    limit.noteRefused(mainId(2), 0, false);
    expect([now(), limit.valueFor(mainId(2))]).toEqual([[2, 'assumed'], 2]);
    limit.noteRefused(mainId(3), 1, false);
    clock.skip(11 * 60_000);
    limit.noteOpened(mainId(3), 1);
    expect(now()).toEqual([2, 'assumed']);
  });

  it('is not believed where another channel opens with more connections', () => {
    limit.noteOpened(mainId(1), 1);
    limit.noteRefused(mainId(2), 1, false);
    limit.noteOpened(mainId(3), 2);
    limit.noteOpened(mainId(2), 1);
    expect(now()).toEqual([3, 'assumed']);
  });

  it('is learned where the provider closes one connection for another', () => {
    limit.noteOpened(mainId(1), 1);
    limit.noteOpened(mainId(2), 2);
    limit.noteReplaced(1);
    expect(now()).toEqual([1, 'learned']);
  });
});

it('what the provider tells counts more than what was learned, and the setting more than all', () => {
  limit.noteOpened(mainId(1), 1);
  limit.noteRefused(mainId(2), 1, true);
  limit.told = 4;
  expect(now()).toEqual([4, 'told']);
  limit.set = 2;
  expect(now()).toEqual([2, 'set']);
});
