import { afterEach, describe, expect, it } from 'vitest';
import { ids } from '../fakes/discord/scene.ts';
import { finished } from './calling.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

const ADMIN = 7;
const EVE = 8;
let room: Room;
afterEach(async () => {
  await room.stop();
  expect(room.discord.fake.violations).toEqual([]);
});

describe('in Discord', () => {
  it('/admin takes a person from the member list, and buttons and suggestions obey at once', async () => {
    room = await startRoom({
      listed: { discord: idsByRole({ admin: [ids.boss] }), telegram: idsByRole({}) },
    });
    await room.startDiscord();
    const [boss, anna] = [room.discord.fake.user(ids.boss), room.discord.fake.user(ids.anna)];
    const suggestions = async () =>
      (await anna.autocomplete(ids.tv, 'play', 'channel', 'tf').answered()).choices;
    expect(await suggestions()).toEqual([]);

    const allowed = await boss
      .command(ids.tv, 'admin allow', { person: ids.anna, role: 'controller' }, { locale: 'en-GB' })
      .answered();
    expect(allowed.ephemeral).toBe(true);
    expect(allowed.message?.content).toContain('Anna may use me as a controller');
    expect(await suggestions()).not.toEqual([]);
    const card = (await finished(anna.command(ids.tv, 'play', { channel: 'arte' }))).message;
    expect(room.http.screen.broadcast.status.channel?.name).toBe('Arte');

    await boss.command(ids.tv, 'admin deny', { person: ids.anna }).answered();
    expect(await suggestions()).toEqual([]);
    await anna.press(card?.id ?? '', 'v1:stop').followedUp();
    expect(room.http.screen.broadcast.status.channel?.name).toBe('Arte');
  });

  it('/doctor shows the permissions that the bot lacks in this channel', async () => {
    room = await startRoom({
      listed: { discord: idsByRole({ admin: [ids.boss] }), telegram: idsByRole({}) },
    });
    await room.startDiscord();
    room.discord.fake.withdraw(ids.tv, 'EMBED_LINKS');
    const reply = await room.discord.fake
      .user(ids.boss)
      .command(ids.tv, 'doctor', {}, { locale: 'en-GB' })
      .answered();
    expect(reply.ephemeral).toBe(true);
    expect(reply.message?.content).toContain('⚠ **My rights here** give my role these permissions');
    expect(reply.message?.content).toContain('Embed Links');
    expect(reply.message?.content).toContain('✔ **Clock**');
  });
});

describe('in Telegram', () => {
  const listed = { discord: idsByRole({}), telegram: idsByRole({ admin: [ADMIN] }) };
  const roleOfEve = () => room.http.context.people.find(`telegram:${EVE}`)?.standing ?? null;

  it('/admin takes an id or the author of the message replied to', async () => {
    room = await startRoom({ listed });
    await room.startTelegram();
    const admin = room.telegram.user(ADMIN, { language_code: 'en' });
    const eve = room.telegram.user(EVE, { first_name: 'Eve' });
    const group = room.telegram.group('Room', { members: [admin, eve], bot: 'administrator' });
    await admin.start().reply();
    await admin.say(ADMIN, `/admin allow ${EVE} controller`).reply(/8 may use me as a controller/);
    expect(roleOfEve()).toBe('controller');
    const said = eve.say(group, 'may I?').message;
    if (!said) throw new Error('nothing was said');
    await admin
      .say(group, '/admin deny', { replyTo: said })
      .reply(/8 can no longer|Eve can no longer use me/);
    expect(roleOfEve()).toBe('denied');
    await eve.say(group, '/status').reply(/You may not/);
    await admin.say(group, '/admin allow viewer', { replyTo: said }).reply(/may use me as a viewer/);
    expect(roleOfEve()).toBe('viewer');
    await eve.say(group, '/status').reply(/Nothing is on/);
  });

  it('/doctor in a group answers the admin alone, with the group’s id', async () => {
    room = await startRoom({ listed });
    await room.startTelegram();
    const admin = room.telegram.user(ADMIN, { language_code: 'en' });
    const group = room.telegram.group('Room', { members: [admin] });
    const asked = admin.say(group, '/doctor');
    expect((await asked.reply()).buttons).toEqual([[expect.any(String)]]);
    await admin.start('doctor').reply(/FFmpeg/);
    const again = await admin.say(group, '/doctor').reply();
    expect(again.text).not.toContain('FFmpeg');
    expect(room.telegram.messages(ADMIN).at(-1)?.text).toContain(`this chat’s id is ${group.id}`);
    expect(room.telegram.violations).toEqual([]);
  });

  it('/admin in a topic does not take the person who opened the topic', async () => {
    room = await startRoom({ listed });
    await room.startTelegram();
    const admin = room.telegram.user(ADMIN, { language_code: 'en' });
    const forum = room.telegram.group('Club', { members: [admin], forum: true });
    const threadId = forum.topic('TV');
    await admin.say(forum, '/admin deny', { threadId }).reply();
    expect(room.context.people.all().every(({ standing }) => standing === null)).toBe(true);
  });
});
