import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/domain/channel.ts';
import { ids } from '../fakes/discord/scene.ts';
import { mainId } from '../fakes/main-id.ts';
import { finished } from './calling.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

const listed = { discord: idsByRole({ controller: [ids.dj] }), telegram: idsByRole({ controller: [7] }) };
const words = ['Sport', 'Cinema', 'Kids', 'News', 'Music'];
/** Sixty similar channels, with long names full of markup and ids of fifteen digits. */
const channels: readonly Channel[] = Array.from({ length: 60 }, (_, n) => ({
  id: mainId(900_000_000_000_000 + n),
  number: n,
  name: `Étoile <b>*${words[n % 5]}*</b> [x](http://x) @everyone ${String.fromCharCode(65 + (n % 26)).repeat(90)} ${n}`,
  categoryId: null,
  logo: null,
  epgId: null,
  archiveDays: 0,
}));
let room: Room;
afterEach(() => room.stop());

describe('with many long channel names', () => {
  it('Discord gets at most 25 choices of at most 100 characters, whose values are ids', async () => {
    room = await startRoom({ listed, http: { channels } });
    await room.startDiscord();
    const anna = room.discord.fake.user(ids.anna);
    const { choices } = await anna.autocomplete(ids.tv, 'play', 'channel', 'etoile').answered();
    expect(choices).toHaveLength(25);
    for (const { name, value } of choices ?? []) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(value).toMatch(/^#\d{15}$/);
    }
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('Discord gets no more buttons than fit, and no text that pings anybody', async () => {
    room = await startRoom({ listed, http: { channels } });
    await room.startDiscord();
    const anna = room.discord.fake.user(ids.anna);
    await anna.command(ids.tv, 'search', { query: 'etoile' }).answered();
    const played = await finished(anna.command(ids.tv, 'play', { channel: `#${channels[0]?.id}` }));
    expect(played.message?.content).toContain('Étoile');
    expect(room.discord.fake.pings(played.message?.id ?? '')).toEqual([]);
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('Telegram gets buttons of at most 64 bytes, and names unchanged', async () => {
    room = await startRoom({ listed, http: { channels } });
    await room.startTelegram();
    const user = room.telegram.user(7);
    await user.start().reply();
    const found = await user.say(7, '/search etoile').reply(/Found/);
    const buttons = found.message.reply_markup?.inline_keyboard.flat() ?? [];
    expect(buttons.length).toBeGreaterThan(3);
    for (const button of buttons) {
      expect(Buffer.byteLength('callback_data' in button ? button.callback_data : '')).toBeLessThanOrEqual(
        64,
      );
    }
    const card = await user.say(7, `/play #${channels[0]?.id}`).reply(/<b>\*Sport\*<\/b>/);
    expect(card.entities?.filter(({ type }) => type === 'text_link')).toEqual([]);
    expect(room.telegram.violations).toEqual([]);
  });
});

describe('in Telegram', () => {
  it('presses of unknown buttons and of other versions’ buttons are answered', async () => {
    room = await startRoom({ listed });
    await room.startTelegram();
    const user = room.telegram.user(7);
    await user.start().reply();
    const card = await user.say(7, '/status').reply();
    for (const data of ['v0:stop', 'v2:stop:live', 'nonsense', 'v1:gone']) {
      await user.pressData(card, data).answer();
    }
    expect(room.log()).not.toContain('"level":50');
  });

  it('a press that changes nothing is answered without an error', async () => {
    room = await startRoom({ listed });
    await room.startTelegram();
    const user = room.telegram.user(7);
    await user.start().reply();
    const card = await user.say(7, '/play arte').reply(/Arte/);
    await user.press(card, '■ Stop').answer();
    await user.press(card, '■ Stop').answer();
    await user.say(7, '/help').reply(/Here is what/);
    expect(room.log()).not.toContain('"level":50');
  });

  it('commands addressed to this bot run in groups, those addressed to another bot do not', async () => {
    room = await startRoom({ listed });
    await room.startTelegram();
    const user = room.telegram.user(7);
    const group = room.telegram.group('Room', { members: [user], bot: 'administrator' });
    expect(user.say(group, '/status@other_bot').reachesBot).toBe(true);
    user.say(group, 'just talking');
    await user.say(group, `/play@${room.telegram.username} arte`).reply(/Arte/);
    expect(room.telegram.messages(group)).toHaveLength(1);
  });

  it('the answer arrives in the topic of the command', async () => {
    room = await startRoom({ listed });
    await room.startTelegram();
    const user = room.telegram.user(7);
    const forum = room.telegram.group('Club', { members: [user], forum: true });
    const threadId = forum.topic('TV');
    expect((await user.say(forum, '/status', { threadId }).reply()).threadId).toBe(threadId);
    expect((await user.say(forum, '/status').reply()).threadId).toBeUndefined();
    const supergroup = room.telegram.group('Room', { members: [user] });
    const first = await user.say(supergroup, '/status').reply();
    await user.say(supergroup, '/status', { replyTo: first }).reply();
    expect(room.telegram.violations).toEqual([]);
  });
});
