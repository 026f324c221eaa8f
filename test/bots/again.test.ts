import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idsByRole, type Room, startRoom } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await startRoom({ listed: { discord: idsByRole({}), telegram: idsByRole({ viewer: [7] }) } });
  await room.startTelegram();
});
afterEach(() => room.stop());

describe('an answer that does not get through', () => {
  it.each(['drop', 'bad-gateway'] as const)('is sent again after the fault %s', async (fault) => {
    const user = room.telegram.user(7);
    await user.start().reply();
    room.telegram.fail('sendMessage', fault);
    await user.say(7, '/status').reply(/Nothing is on/);
  });

  it('is sent again after a 429, but not before the time that the service asks for', async () => {
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

  it('is given up after a while, and the chat goes on', async () => {
    const user = room.telegram.user(7);
    await user.start().reply();
    room.telegram.fail('sendMessage', 'drop', 3);
    user.say(7, '/status');
    await expect.poll(() => room.telegram.count('sendMessage'), { timeout: 6_000 }).toBe(4);
    await user.say(7, '/status').reply(/Nothing is on/);
  });
});
