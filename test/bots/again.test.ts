import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idsByRole, type Room, startRoom } from './room.ts';

const listed = { discord: idsByRole({}), telegram: idsByRole({ viewer: [7] }) };
let room: Room;
beforeEach(async () => {
  room = await startRoom({ listed });
  await room.startTelegram();
});
afterEach(() => room.stop());

/** Replaces the room with one that uses a fake clock. */
async function startFakeTime(): Promise<Room> {
  await room.stop();
  room = await startRoom({ listed, isTimeFake: true });
  await room.startTelegram();
  return room;
}

describe('an answer that fails to send', () => {
  it.each(['drop', 'bad-gateway'] as const)('is sent again after the fault %s', async (fault) => {
    const user = room.telegram.user(7);
    await user.start().reply();
    room.telegram.fail('sendMessage', fault);
    await user.say(7, '/status').reply(/Nothing is on/);
  });

  it('is sent again after a 429, but not before the time given by the service', async () => {
    const user = room.telegram.user(7);
    await user.start().reply();
    room.telegram.fail('sendMessage', { kind: 'flood', retryAfter: 1 });
    await user.say(7, '/status').reply(/Nothing is on/);
    await expect.poll(() => room.telegram.count('sendMessage')).toBe(3);
    const [refused, sent] = room.telegram.calls.filter(({ method }) => method === 'sendMessage').slice(-2);
    expect(refused?.status).toBe(429);
    expect((sent?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(room.telegram.violations).toEqual([]);
  });

  it('is given up after a while, and the chat works on', async () => {
    const { telegram, http } = await startFakeTime();
    const user = telegram.user(7);
    await user.start().reply();
    telegram.fail('sendMessage', 'drop', 4);
    user.say(7, '/status');
    // The pause before each try begins when the try before it fails.
    await expect
      .poll(
        async () => {
          await http.clock.advance(5_000);
          return telegram.count('sendMessage');
        },
        { interval: 10, timeout: 6_000 },
      )
      .toBe(5);
    await user.say(7, '/status').reply(/Nothing is on/);
    await http.clock.advance(60_000);
    expect(telegram.count('sendMessage')).toBe(6);
  });
});
