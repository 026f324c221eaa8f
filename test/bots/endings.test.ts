import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { token as discordToken } from '../fakes/discord/scene.ts';
import { type Room, startRoom, until } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await startRoom();
});
afterEach(() => room.stop());

describe('in Discord', () => {
  it('a wrong token ends the bot and logs one sentence that says what to do, without the token', async () => {
    await room.startDiscord('a-wrong-token');
    expect(room.states.discord).toEqual(['refused']);
    expect(room.log().match(/"level":50/g)).toHaveLength(1);
    expect(room.log()).toContain('enter a new one on the set-up page');
    expect(room.log()).not.toContain('a-wrong-token');
  });

  it('a token that is reset while the bot runs ends it the same way', async () => {
    await room.startDiscord();
    expect(room.states.discord).toEqual(['on']);
    room.discord.fake.token = 'another-one';
    room.discord.fake.dropConnection(4004);
    await until(() => room.states.discord.includes('refused'));
    expect(room.log()).toContain('enter a new one on the set-up page');
    expect(room.log()).not.toContain(discordToken);
  });

  it('an outage is reported as unreachable, not as a refusal', async () => {
    room.discord.fake.failNext('GET /gateway/bot', { status: 503 }, 10);
    await room.startDiscord();
    expect(room.states.discord).toEqual(['unreachable']);
    expect(room.log()).not.toContain('DISCORD_TOKEN');
  });
});

describe('in Telegram', () => {
  it('a wrong token ends the bot and logs one sentence that says what to do, without the token', async () => {
    await room.startTelegram('424242:wrong');
    expect(room.states.telegram).toEqual(['refused']);
    expect(room.log().match(/"level":50/g)).toHaveLength(1);
    expect(room.log()).toContain('enter a new one on the set-up page');
    expect(room.log()).not.toContain('424242:wrong');
  });

  it('a token that is revoked while the bot runs ends it the same way', async () => {
    await room.startTelegram();
    await room.telegram.polled();
    room.telegram.fail('getUpdates', { kind: 'refuse', code: 401, description: 'Unauthorized' }, 99);
    room.telegram.user(7).start();
    await until(() => room.states.telegram.includes('refused'));
    expect(room.log()).toContain('enter a new one on the set-up page');
  });

  it('the bot reports that another program polls with the same token', async () => {
    await room.startTelegram();
    await room.telegram.polled();
    await room.startTelegram();
    await until(() => room.states.telegram.includes('conflict'));
    expect(room.log()).toContain('another program uses the same token');
  });

  it('an outage is reported as unreachable, not as a refusal', async () => {
    room.telegram.fail('getMe', { kind: 'refuse', code: 503, description: 'down' }, 99);
    await room.startTelegram();
    expect(room.states.telegram).toEqual(['unreachable']);
    expect(room.log()).not.toContain('TELEGRAM_TOKEN');
  });
});
