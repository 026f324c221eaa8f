import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idsByRole, type Room, startRoom } from './room.ts';

const secret = 'the-secret-of-the-webhook';
let room: Room;
let address: string;
beforeEach(async () => {
  room = await startRoom({ listed: { discord: idsByRole({}), telegram: idsByRole({ viewer: [7] }) } });
  address = await room.http.listen();
});
afterEach(() => room.stop());

const start = () =>
  room.startTelegram(room.telegram.token, {
    baseUrl: `${address}/webhooks`,
    secret,
    webhooks: room.http.context.webhooks,
  });

async function post(headers: Record<string, string>, body: unknown, name = 'telegram'): Promise<number> {
  const { status } = await fetch(`${address}/webhooks/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return status;
}

describe('a webhook', () => {
  it('receives messages and presses, without polling', async () => {
    await start();
    const user = room.telegram.user(7);
    await user.start().reply(/What I can do|Here is what/);
    const card = await user.say(7, '/play arte').reply(/Arte/);
    await user.press(card, '■ Stop').answer();
    expect(room.telegram.count('getUpdates')).toBe(0);
    expect(room.telegram.deliveries.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(room.telegram.violations).toEqual([]);
  });

  it('refuses requests without the secret', async () => {
    await start();
    const user = room.telegram.user(7);
    await user.start().reply();
    const chat = { id: 7, type: 'private', first_name: 'User7' };
    const message = {
      message_id: 99,
      date: 1,
      chat,
      from: { id: 7, is_bot: false, first_name: 'x' },
      text: '/stop',
    };
    const update = { update_id: 1, message };
    const before = room.telegram.count('sendMessage');
    for (const headers of [{}, { 'x-telegram-bot-api-secret-token': 'guessed' }])
      expect(await post(headers, update)).toBe(404);
    expect(await post({ 'x-telegram-bot-api-secret-token': secret }, { nonsense: true })).toBe(404);
    expect(await post({ 'x-telegram-bot-api-secret-token': secret }, update, 'discord')).toBe(404);
    await user.say(7, '/status').reply();
    expect(room.telegram.count('sendMessage')).toBe(before + 1);
  });

  it('handles an update once if it is sent twice', async () => {
    await start();
    const user = room.telegram.user(7);
    await user.start().reply();
    const message = {
      message_id: 99,
      date: 1,
      text: '/status',
      chat: { id: 7, type: 'private', first_name: 'x' },
      from: { id: 7, is_bot: false, first_name: 'x' },
    };
    const before = room.telegram.count('sendMessage');
    for (let times = 0; times < 2; times++)
      expect(await post({ 'x-telegram-bot-api-secret-token': secret }, { update_id: 99_999, message })).toBe(
        204,
      );
    await user.say(7, '/help').reply();
    expect(room.telegram.count('sendMessage')).toBe(before + 2);
  });

  it('receives updates that came while nobody listened', async () => {
    const bot = await start();
    await room.telegram.user(7).start().reply();
    await bot.stop();
    const asked = room.telegram.user(7).say(7, '/status');
    await expect.poll(() => room.telegram.deliveries.at(-1)?.status).toBe(404);
    await start();
    await asked.reply(/Nothing is on/);
  });

  it('is deleted if the bot polls', async () => {
    const bot = await start();
    await bot.stop();
    expect(room.telegram.service.webhook.isSet).toBe(true);
    await room.startTelegram();
    expect(room.telegram.service.webhook.isSet).toBe(false);
    await room.telegram.user(7).start().reply();
  });
});
