import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const ANA = 7;
let room: Room;
beforeEach(async () => {
  room = await startRoom({
    listed: { discord: idsByRole({}), telegram: idsByRole({ viewer: [ANA] }) },
    isTimeFake: true,
  });
});
afterEach(() => room.stop());

const states = () => room.states.telegram;
/** Advances the clock second by second until a condition holds. */
const later = (check: () => unknown) =>
  vi.waitFor(
    async () => {
      await room.http.clock.advance(1_000);
      if (!check()) throw new Error('not yet');
    },
    { timeout: 10_000, interval: 10 },
  );

describe('a polling bot', () => {
  it('is on once the first request is answered, and not before', async () => {
    room.telegram.fail('getUpdates', 'drop');
    await room.startTelegram();
    expect(states()).toEqual([]);
    await later(() => states().includes('on'));
    expect(states()).toEqual(['on']);
  });

  it('reports an outage within 30 s and its end, without a new bot', async () => {
    await room.startTelegram();
    await room.telegram.polled();
    const begun = room.http.clock.monotonic();
    room.telegram.fail('getUpdates', 'drop', 6);
    room.telegram.user(ANA).start();
    await later(() => states().at(-1) === 'unreachable');
    expect(room.http.clock.monotonic() - begun).toBeLessThan(30_000);
    await later(() => states().at(-1) === 'on');
    expect(states()).toEqual(['on', 'unreachable', 'on']);
    expect(room.log()).toContain('is back');
    expect(room.telegram.count('getMe')).toBe(1);
  });

  it('reports no outage after a single failure', async () => {
    await room.startTelegram();
    await room.telegram.polled();
    room.telegram.fail('getUpdates', 'bad-gateway');
    room.telegram.user(ANA).start();
    await later(() => room.telegram.messages(ANA).length > 0);
    expect(states()).toEqual(['on']);
  });

  it('leaves another program alone for growing truces, and does not register its commands again', async () => {
    const description = 'Conflict: terminated by other getUpdates request';
    await room.startTelegram();
    await room.telegram.polled();
    const asked = room.telegram.count('getUpdates');
    room.telegram.fail('getUpdates', { kind: 'refuse', code: 409, description }, 4);
    room.telegram.user(ANA).start();
    await later(() => states().at(-1) === 'conflict');
    const begun = room.http.clock.monotonic();
    await later(() => states().at(-1) === 'on');
    // The truces last 5, 10, 20 and 40 seconds.
    expect(room.http.clock.monotonic() - begun).toBeGreaterThanOrEqual(70_000);
    expect(room.telegram.count('getUpdates') - asked).toBeLessThanOrEqual(7);
    expect(room.telegram.count('setMyCommands')).toBe(3);
    expect(room.telegram.count('deleteWebhook')).toBe(1);
  });

  it('asks only for the kinds of updates that it uses', async () => {
    await room.startTelegram();
    await room.telegram.polled();
    expect(room.telegram.service.updates.allowed).toEqual([
      'message',
      'callback_query',
      'inline_query',
      'my_chat_member',
    ]);
  });

  it('does not repeat handled updates after a restart', async () => {
    await room.startTelegram();
    await room.telegram.user(ANA).start().reply();
    await room.restart();
    await room.telegram.polled();
    await room.telegram
      .user(ANA)
      .say(ANA, '/status')
      .reply(/Nothing is on/);
    expect(room.telegram.messages(ANA)).toHaveLength(2);
  });
});

it('a bot whose commands are refused works, reports it and tries again', async () => {
  const description = 'Bad Request: BOT_COMMAND_INVALID';
  room.telegram.fail('setMyCommands', { kind: 'refuse', code: 400, description });
  await room.startTelegram();
  await until(() => states().at(-1) === 'commands_refused');
  await room.telegram.user(ANA).start().reply();
  await room.http.clock.advance(5 * 60_000);
  await until(() => states().at(-1) === 'on');
});

it('a webhook handles a repeated update once, and reports an outage', async () => {
  const { webhooks } = room.http.context;
  const secret = 'the-secret';
  await room.startTelegram(room.telegram.token, { baseUrl: 'http://127.0.0.1:9/webhooks', secret, webhooks });
  room.telegram.service.webhook.clear();
  const chat = { id: ANA, type: 'private', first_name: 'Ana' };
  const from = { id: ANA, is_bot: false, first_name: 'Ana' };
  room.telegram.user(ANA).start();
  const message = { message_id: 99, date: 1, chat, from, text: '/lang en' };
  for (const update_id of [5, 5, 6]) {
    const headers = { 'x-telegram-bot-api-secret-token': secret };
    expect(webhooks.get('telegram')?.(headers, { update_id, message })).toBe(true);
  }
  await until(() => room.telegram.messages(ANA).length === 2);
  room.telegram.fail('getMe', 'drop');
  await later(() => states().at(-1) === 'unreachable');
  await later(() => states().at(-1) === 'on');
  expect(room.telegram.messages(ANA)).toHaveLength(2);
});
