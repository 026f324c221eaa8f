import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { play } from '../../src/actions/play.ts';
import { MENU_ID } from '../../src/bots/discord/render-message.ts';
import { ids } from '../fakes/discord/scene.ts';
import { mainId } from '../fakes/main-id.ts';
import { finished, readIn } from './calling.ts';
import { controller, startCardRoom, stranger, viewer } from './card-room.ts';
import type { Room } from './room.ts';

const console_ = { id: 'console', name: 'Console', role: 'admin' } as const;

let room: Room;
beforeEach(async () => {
  room = await startCardRoom();
});
afterEach(async () => {
  await room.stop();
  expect(room.discord.fake.violations).toEqual([]);
  expect(room.telegram.violations).toEqual([]);
});

/** Plays a channel from the console, then advances the clock by some seconds. */
async function switchTo(channelId: number, seconds = 1): Promise<void> {
  await play(room.context, room.http.screen, console_, { channelId: mainId(channelId) });
  await room.http.clock.advance(seconds * 1_000);
}

/** Waits until the bots know which messages their answers became. */
const known = (...messages: (string | number | undefined)[]) =>
  expect.poll(() => room.cards.all().map(({ message }) => message)).toEqual(messages.map((id) => String(id)));

const anna = () => room.discord.fake.user(ids.anna);

describe('in Discord', () => {
  const shown = () => room.discord.fake.messages(ids.tv);
  const edited = (matching: string) =>
    room.discord.fake.until(() => shown().find(({ content }) => content.includes(matching)));

  it('the answer to /play becomes the card, which is edited after events', async () => {
    const reply = await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }, { locale: 'fr' }));
    const id = reply.message?.id ?? '';
    expect(readIn(reply.message)).toMatch(/● \*\*TF1\*\* · HD.*demandé par Anna.*<t:\d+:R>/s);
    await known(id);
    await switchTo(2);
    const changed = await edited('Canal+');
    expect(changed.id).toBe(id);
    expect(readIn(changed)).toContain('Console');
    expect(room.discord.fake.edits(id).map(({ via }) => via)).toEqual(['webhook', 'webhook', 'channel']);
  });

  it('a press on the variant that the card offers for a bad picture plays it', async () => {
    await room.stop();
    const channels = ['TF1 FHD', 'TF1 HD'].map((name, at) => ({
      id: mainId(at + 1),
      number: null,
      name,
      categoryId: null,
      logo: null,
      epgId: null,
      archiveDays: 0,
    }));
    room = await startCardRoom({}, { channels });
    const reply = await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }));
    await known(reply.message?.id);
    room.http.pictureHealth.set({ kind: 'frozen', since: room.http.clock.now() });
    await room.http.clock.advance(20_000);
    const told = await room.discord.fake.until(() =>
      shown().find((message) => readIn(message).includes('L’image est figée depuis')),
    );
    expect(JSON.stringify(told)).toContain('▶ TF1 HD');
    await anna()
      .press(reply.message?.id ?? '', 'v1:play:~2')
      .answered();
    expect(room.http.screen.broadcast.status.channel).toMatchObject({ id: mainId(2) });
  });

  it('a new card in a channel removes the old one', async () => {
    await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }));
    const status = await anna().command(ids.tv, 'status').answered();
    await room.discord.fake.until(() => (shown().length === 1 ? true : undefined));
    expect(shown()[0]?.id).toBe(status.message?.id);
    await anna().command(ids.other, 'status').answered();
    expect(shown()).toHaveLength(1);
  });

  it('the bot keeps the same card after a restart', async () => {
    const reply = await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }));
    await room.restart();
    await switchTo(2);
    expect(await edited('Canal+')).toMatchObject({ id: reply.message?.id });
    const stop = await anna()
      .press(reply.message?.id ?? '', 'v1:stop')
      .until(({ message }) => !!message?.content.includes('Rien'));
    expect(stop.message?.id).toBe(reply.message?.id);
  });

  it('the bot forgets a card that a moderator deleted', async () => {
    const reply = await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }));
    await known(reply.message?.id);
    room.discord.fake.deleteMessage(reply.message?.id ?? '');
    await switchTo(2);
    await room.discord.fake.until(() => (room.cards.all().length === 0 ? true : undefined));
    await switchTo(3, 60);
    expect(room.discord.fake.count('PATCH /channels/:channel/messages/:message')).toBe(1);
  });

  it('a card waits out a rate limit and then shows the latest state', async () => {
    const reply = await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }));
    await known(reply.message?.id);
    room.discord.fake.limitNext('PATCH /channels/:channel/messages/:message', 0.3);
    await switchTo(2);
    await edited('Canal+');
  });

  it('a choice from a private list becomes a public card and removes the list', async () => {
    const asked = anna().command(ids.tv, 'search', { query: 'tf1' });
    await asked.answered();
    const pressed = anna().select(asked.message ?? '', MENU_ID, ['v1:play:~1']);
    await pressed.followedUp();
    await pressed.until(({ message }) => message === null);
    expect(shown().map(({ content }) => content)).toEqual([expect.stringContaining('**TF1** · HD')]);
    await switchTo(2, 16);
    await edited('Canal+');
  });

  it('the bot’s presence shows the channel on air, with few updates, and is empty while nothing is on', async () => {
    const { fake } = room.discord;
    const names = () =>
      fake.presences
        .filter(({ initial }) => !initial)
        .map(({ activities: [activity] }) => activity?.name ?? null);
    const last = (name: string | null) => fake.until(() => (names().at(-1) === name ? true : undefined));
    await switchTo(1);
    await last('TF1');
    expect(fake.presences.at(-1)?.activities).toMatchObject([{ type: 3 }]);
    for (const channel of [2, 3, 2, 3]) await switchTo(channel);
    await room.http.clock.advance(15_000);
    await last('Arte');
    await room.http.screen.broadcast.stop();
    await room.http.clock.advance(15_000);
    await last(null);
    expect(names()).toEqual(['TF1', 'Arte', null]);
  });
});

describe('in Telegram', () => {
  const group = () =>
    room.telegram.group('Club', {
      forum: true,
      members: [controller, viewer, stranger].map((id) => room.telegram.user(id)),
    });

  it('each topic has its own card, which is edited after events and after a restart', async () => {
    const club = group();
    const topics = [club.topic('TV'), club.topic('Sport')];
    const user = room.telegram.user(controller);
    const [first, second] = [
      await user.say(club, '/play tf1', { threadId: topics[0] ?? 0 }).reply(/TF1 · HD/),
      await user.say(club, '/status', { threadId: topics[1] ?? 0 }).reply(/TF1 · HD/),
    ];
    await room.restart();
    await room.telegram.polled();
    const position = room.telegram.service.journal.position;
    await switchTo(2);
    for (const { id } of [first, second]) {
      const edit = await room.telegram.service.journal.wait(
        position,
        (happening) =>
          happening.kind === 'edit' && happening.message.id === id ? happening.message : undefined,
        `edit of ${id}`,
        2_000,
      );
      expect(edit.text).toMatch(/● Canal\+/);
    }
    expect(room.telegram.messages(club)).toHaveLength(2);
  });

  it('a new card removes the old one; its buttons work, and a refusal leaves it unchanged', async () => {
    const club = group();
    const user = room.telegram.user(controller);
    await user.say(club, '/play tf1').reply(/TF1 · HD/);
    const card = await user.say(club, '/status').reply(/TF1 · HD/);
    await room.telegram.called('deleteMessage');
    expect(room.telegram.messages(club).map(({ id }) => id)).toEqual([card.id]);
    const refused = room.telegram.user(stranger).press(card, '■ Stop');
    expect(await refused.answer()).toMatchObject({
      alert: true,
      text: expect.stringContaining('Send this number'),
    });
    expect(room.telegram.edits(card.id)).toEqual([]);
    expect(await user.press(card, '■ Stop').edit()).toMatchObject({ id: card.id });
    await user.press(card, '■ Stop').answer();
    await user.say(club, '/status').reply(/Nothing is on/);
    expect(room.telegram.edits(card.id)).toHaveLength(1);
  });

  it('the bot forgets a deleted card, and a card in a group that removed the bot', async () => {
    const club = group();
    const user = room.telegram.user(controller);
    await user.start().reply();
    const card = await user.say(controller, '/play tf1').reply(/TF1 · HD/);
    const other = await user.say(club, '/status').reply(/TF1 · HD/);
    await known(card.id, other.id);
    user.delete(card);
    club.setBot('kicked');
    await switchTo(2);
    await expect.poll(() => room.cards.all()).toEqual([]);
  });

  it('a card under a rate limit is edited later with the latest state', async () => {
    const user = room.telegram.user(controller);
    await user.start().reply();
    const card = await user.say(controller, '/play tf1').reply(/TF1 · HD/);
    await known(card.id);
    room.telegram.fail('editMessageText', { kind: 'flood', retryAfter: 1 });
    await switchTo(2);
    await room.telegram.called('editMessageText');
    await switchTo(3);
    await vi.waitFor(
      async () => {
        await room.http.clock.advance(1_000);
        expect(room.telegram.message(card.id)?.text).toContain('Arte');
      },
      { timeout: 10_000 },
    );
    expect(room.telegram.edits(card.id)).toHaveLength(1);
  });
});

it('the card’s logo follows the channel on both platforms', async () => {
  const logosUrl = 'https://tv.example/api/logo';
  await room.stop();
  room = await startCardRoom({ logosUrl });
  const user = room.telegram.user(controller);
  await user.start().reply();
  const inDiscord = await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }));
  expect(inDiscord.message).toMatchObject({
    content: expect.stringContaining('**TF1** · HD'),
    embeds: [{ description: expect.stringContaining('demandé par'), thumbnail: { url: `${logosUrl}/1` } }],
  });
  const inTelegram = await user.say(controller, '/status').reply(/TF1 · HD/);
  const preview = () => room.telegram.message(inTelegram.id)?.message.link_preview_options;
  expect(preview()).toMatchObject({ url: `${logosUrl}/1` });
  await known(inDiscord.message?.id, inTelegram.id);
  // Canal+ has no logo.
  await switchTo(2, 16);
  await vi.waitFor(
    () => {
      const [shown] = room.discord.fake.messages(ids.tv);
      expect(shown?.content).toContain('Canal+');
      expect(shown?.embeds).toMatchObject([{ description: expect.stringContaining('Console') }]);
      expect(shown?.embeds[0]?.thumbnail).toBeUndefined();
      expect(preview()).toMatchObject({ is_disabled: true });
    },
    { timeout: 10_000 },
  );
  await switchTo(3, 16);
  await vi.waitFor(
    () => {
      expect(room.discord.fake.messages(ids.tv)[0]?.embeds[0]?.thumbnail?.url).toBe(`${logosUrl}/3`);
      expect(preview()).toMatchObject({ url: `${logosUrl}/3` });
    },
    { timeout: 10_000 },
  );
});

it('100 changes in 10 s cause at most two edits per place, the last with the final state', async () => {
  const user = room.telegram.user(controller);
  await user.start().reply();
  const inDiscord = await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }));
  const inTelegram = await user.say(controller, '/status').reply(/TF1 · HD/);
  await known(inDiscord.message?.id, inTelegram.id);
  await room.http.clock.advance(60_000);
  for (let change = 1; change <= 100; change++) {
    await play(room.context, room.http.screen, console_, { channelId: mainId(change % 2 === 0 ? 2 : 3) });
    await room.http.clock.advance(100);
  }
  await room.http.clock.advance(60_000);
  await room.discord.fake.until(
    () => room.discord.fake.messages(ids.tv)[0]?.content.includes('Canal+') || undefined,
  );
  await expect.poll(() => room.telegram.message(inTelegram.id)?.text).toContain('Canal+');
  expect(room.discord.fake.count('PATCH /channels/:channel/messages/:message')).toBeLessThanOrEqual(2);
  expect(room.telegram.count('editMessageText')).toBeLessThanOrEqual(2);
});
