import { afterEach, describe, expect, it } from 'vitest';
import { play } from '../../src/actions/play.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Etiquette } from '../../src/domain/etiquette.ts';
import { ids } from '../fakes/discord/scene.ts';
import { mainId } from '../fakes/main-id.ts';
import { finished } from './calling.ts';
import { controller, startCardRoom, stranger, viewer } from './card-room.ts';
import type { Room } from './room.ts';

const manyTf1 = ['TF1 HD', 'TF1 SD', 'TF1 Series', 'Arte'].map((name, index) => ({
  id: mainId(index + 1),
  name,
  number: null,
  categoryId: null,
  logo: null,
  epgId: null,
  archiveDays: 0,
}));
const console_ = { id: 'console', name: 'Console', role: 'admin' } as const;

let room: Room;
afterEach(async () => {
  await room.stop();
  expect(room.discord.fake.violations).toEqual([]);
  expect(room.telegram.violations).toEqual([]);
});

/** Plays TF1 from the console for a number of viewers. */
async function enter(viewers: number, etiquette: Etiquette = 'polite'): Promise<void> {
  room = await startCardRoom({ etiquette });
  await play(room.context, room.http.screen, console_, { channelId: mainId(1) });
  for (let each = 0; each < viewers; each++) room.http.screen.broadcast.live.viewers.connected();
}

/** Waits until the bot knows which message its vote became. */
const kept = () => expect.poll(() => room.voteMessages.all().length).toBe(1);

const onAir = () => room.http.screen.broadcast.status.channel?.name;

describe('in Discord', () => {
  const boss = () => room.discord.fake.user(ids.boss);
  const messages = () => room.discord.fake.messages(ids.tv);
  const buttons = (message: unknown) =>
    [...JSON.stringify(message).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id ?? '');

  /** Makes a viewer request a channel and returns their private question. */
  async function asked() {
    const reply = await boss()
      .command(ids.tv, 'play', { channel: 'canal+' }, { locale: 'en-GB' })
      .followedUp();
    const [question] = reply.followups;
    if (!question) throw new Error('no question');
    return question;
  }

  it('a viewer is asked in private before a switch, and may switch', async () => {
    await enter(3);
    const question = await asked();
    expect(question.content).toMatch(/3 people are watching TF1, requested by Console\..*Switch to Canal/);
    expect(question.flags).toBe(64);
    expect(messages()).toEqual([]);
    expect(onAir()).toBe('TF1 HD');
    const [yes = ''] = buttons(question);
    const pressed = boss().press(question.id, yes);
    await pressed.followedUp();
    await pressed.until(({ message }) => message === null);
    expect(onAir()).toBe('Canal+');
    expect(messages().map(({ content }) => content)).toEqual([expect.stringContaining('Canal+')]);
  });

  it('a viewer is asked again if the channel on air has changed since the question', async () => {
    await enter(3);
    const question = await asked();
    await play(room.context, room.http.screen, console_, { channelId: mainId(3) });
    const pressed = boss().press(question.id, buttons(question)[0] ?? '', { locale: 'en-GB' });
    await pressed.answered();
    expect(pressed.message?.content).toContain('3 people are watching Arte');
    expect(onAir()).toBe('Arte');
  });

  it('a viewer may decline to switch', async () => {
    await enter(1);
    const question = await asked();
    const pressed = await boss()
      .press(question.id, buttons(question)[2] ?? '')
      .answered();
    expect(pressed.message?.components).toEqual([]);
    expect(onAir()).toBe('TF1 HD');
  });

  it('a viewer may ask the room, which votes by buttons', async () => {
    await enter(2);
    const question = await asked();
    const vote = boss().press(question.id, buttons(question)[1] ?? '');
    await vote.followedUp();
    await vote.until(({ message }) => message === null);
    const [posted] = messages();
    expect(posted?.content).toContain('Boss aimerait passer à Canal');
    const [, no = ''] = buttons(posted);
    const shows = (text: string) => (reply: { readonly message: { content: string } | null }) =>
      JSON.stringify(reply.message).includes(text);
    await boss()
      .press(posted?.id ?? '', no)
      .until(shows('👎 1'));
    const [yes = ''] = buttons(messages()[0]);
    await boss()
      .press(posted?.id ?? '', yes)
      .until(shows('👍 1'));
    expect(onAir()).toBe('TF1 HD');
    await room.discord.fake
      .user(ids.anna)
      .press(posted?.id ?? '', yes)
      .until(shows('Le salon dit'));
    expect(onAir()).toBe('Canal+');
    expect(messages()[0]?.content).toMatch(/👍 2 · 👎 0 · Le salon dit oui à Canal/);
    expect(buttons(messages()[0])).toEqual([]);
  });

  it('the deadline ends an undecided vote, also after the button’s 15 minutes', async () => {
    await enter(5);
    const question = await asked();
    const vote = await boss()
      .press(question.id, buttons(question)[1] ?? '')
      .followedUp();
    await vote.until(({ message }) => message === null);
    await room.http.clock.advance(30_000);
    await room.discord.fake.until(() => (messages()[0]?.content.includes('oui à Canal') ? true : undefined));
    expect(onAir()).toBe('Canal+');
    const edits = room.discord.fake.edits(vote.followups[0]?.id ?? '');
    expect(edits.map(({ via }) => via)).toEqual(['channel']);
  });

  it('a vote ended by a restart says so in the place’s language and loses its buttons', async () => {
    await enter(5);
    const question = await asked();
    const vote = await boss()
      .press(question.id, buttons(question)[1] ?? '')
      .followedUp();
    await vote.until(({ message }) => message === null);
    const [posted] = messages();
    const [yes = ''] = buttons(posted);
    await kept();
    room.context.votes.stop();
    // The vote's message still has its buttons.
    const late = await boss()
      .press(posted?.id ?? '', yes, { locale: 'en-GB' })
      .followedUp();
    expect(late.followups[0]?.content).toContain('This vote is over');
    await room.restart();
    await room.discord.fake.until(() => (buttons(messages()[0]).length === 0 ? true : undefined));
    expect(messages().map(({ id, content }) => [id, content])).toEqual([
      [posted?.id, 'Un redémarrage a mis fin au vote.'],
    ]);
    expect(room.voteMessages.all()).toEqual([]);
    expect(onAir()).toBe('TF1 HD');
  });

  it('the person who chose the channel may stop it, another viewer may not', async () => {
    await enter(2);
    const refused = await boss().command(ids.tv, 'stop', {}, { locale: 'en-GB' }).followedUp();
    expect(refused.followups[0]?.content).toContain('You may not stop');
    await finished(boss().command(ids.tv, 'play', { channel: 'tf1' }));
    expect(onAir()).toBe('TF1 HD');
    await room.http.screen.broadcast.stop();
    await finished(boss().command(ids.tv, 'play', { channel: 'tf1' }));
    await boss().command(ids.tv, 'stop').answered();
    expect(onAir()).toBeUndefined();
  });

  it('a channel that fails to open is reported to the asker alone, with its variants and similar channels', async () => {
    room = await startCardRoom({}, { channels: manyTf1 });
    room.http.failures.set(1, new AppError('channel_dead', { status: 404 }));
    const reply = await room.discord.fake
      .user(ids.anna)
      .command(ids.tv, 'play', { channel: 'TF1 HD' }, { locale: 'en-GB' })
      .followedUp();
    const [told] = reply.followups;
    expect(told?.content).toMatch(/✖ \*\*TF1\*\* · The provider does not have this channel/);
    expect(told?.flags).toBe(64);
    expect(buttons(told)).toEqual(['v1:play:~2', 'v1:play:~3']);
    expect(messages()).toEqual([]);
  });
});

describe('in Telegram', () => {
  function club() {
    const members = [viewer, 70, 71, controller, stranger].map((id) => room.telegram.user(id));
    return { group: room.telegram.group('Club', { members }), user: (id: number) => room.telegram.user(id) };
  }

  it('the vote replaces the question and the result replaces the vote; presses of strangers change nothing', async () => {
    await enter(3);
    const { group, user } = club();
    const question = await user(viewer)
      .say(group, '/play canal+')
      .reply(/3 people are watching TF1/);
    expect(question.buttons).toEqual([['Switch', 'Ask the room', 'Cancel']]);
    const vote = await user(viewer)
      .press(question, 'Ask the room')
      .edit(/would like to switch/);
    expect(vote).toMatchObject({ id: question.id, buttons: [['👍 1', '👎 0']] });
    expect(await user(stranger).press(vote, '👎 0').answer()).toMatchObject({ alert: true });
    await user(70)
      .press(vote, '👎 0')
      .edit(/would like/);
    const two = await user(71)
      .press(vote, '👍 1')
      .edit(/would like/);
    expect(two.buttons).toEqual([['👍 2', '👎 1']]);
    const result = await user(controller)
      .press(two, '👍 2')
      .edit(/👍 3 · 👎 1/);
    expect(result.buttons).toEqual([]);
    expect(onAir()).toBe('Canal+');
    expect(await user(70).press(vote, '👎 0').answer()).toMatchObject({
      alert: true,
      text: expect.stringContaining('vote is over'),
    });
    expect(room.telegram.message(vote.id)?.text).toContain('says yes');
  });

  it('a vote ended by a restart says so and loses its buttons', async () => {
    await enter(3);
    const { group, user } = club();
    const question = await user(viewer)
      .say(group, '/play canal+')
      .reply(/watching/);
    const vote = await user(viewer)
      .press(question, 'Ask the room')
      .edit(/would like/);
    await kept();
    await room.restart();
    await expect.poll(() => room.telegram.message(vote.id)?.text).toBe('A restart ended the vote.');
    expect(room.telegram.message(vote.id)?.buttons).toEqual([]);
    await expect.poll(() => room.voteMessages.all()).toEqual([]);
    // Somebody still sees the former buttons.
    expect(await user(70).press(vote, '👍 1').answer()).toMatchObject({
      text: expect.stringContaining('This vote is over'),
    });
    expect(onAir()).toBe('TF1 HD');
  });

  it('a private chat with the bot offers no vote', async () => {
    await enter(3);
    await room.telegram.user(viewer).start().reply();
    const question = await room.telegram
      .user(viewer)
      .say(viewer, '/play canal+')
      .reply(/watching/);
    expect(question.buttons).toEqual([['Switch', 'Cancel']]);
    await room.telegram
      .user(viewer)
      .press(question, 'Switch')
      .edit(/● Canal\+/);
  });

  it.each<[Etiquette, RegExp]>([
    ['free', /● Canal\+/],
    ['controllers', /You may not choose/],
  ])('a viewer is never asked by the etiquette of %s', async (etiquette, answer) => {
    await enter(3, etiquette);
    const { group, user } = club();
    await user(viewer).say(group, '/play canal+').reply(answer);
    await user(controller)
      .say(group, '/play arte')
      .reply(/● Arte/);
  });

  it('the card reports a channel that ended for good, with its variants and similar channels', async () => {
    room = await startCardRoom({}, { channels: manyTf1 });
    const { group, user } = club();
    const card = await user(viewer)
      .say(group, '/play TF1 HD')
      .reply(/● TF1 · HD/);
    await expect.poll(() => room.cards.all().length).toBe(1);
    room.http.end(new AppError('channel_dead', { status: 404 }), false);
    await room.http.clock.advance(1_000);
    await expect.poll(() => room.telegram.message(card.id)?.text).toMatch(/✖ TF1 · The provider does not/);
    const dead = room.telegram.message(card.id);
    expect(dead?.buttons).toEqual([['TF1 · SD', 'TF1 Series'], ['◀ TF1']]);
    if (dead)
      await user(viewer)
        .press(dead, 'TF1 · SD')
        .edit(/● TF1 · SD/);
  });
});
