import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeGroup } from '../fakes/telegram/fake-group.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

const [ana, member, stranger] = [7, 8, 9];
let room: Room;
let group: FakeGroup;

beforeEach(async () => {
  room = await startRoom();
  group = room.telegram.group('Room', { members: [member].map((id) => room.telegram.user(id)) });
  await room.stop();
  const listed = { discord: idsByRole({}), telegram: idsByRole({ viewer: [ana, group.id] }) };
  room = await startRoom({ listed });
  await room.startTelegram();
  await room.telegram.polled();
});
afterEach(async () => {
  await room.stop();
  expect(room.telegram.violations).toEqual([]);
});

const user = (id: number) => room.telegram.user(id);

describe('an inline query', () => {
  it('finds channels that lead to the private chat', async () => {
    const { results, isPersonal, cacheTime } = await user(ana).inline('tf1').inlineAnswer();
    expect(results[0]).toMatchObject({ id: '~1', type: 'article', title: expect.stringContaining('TF1') });
    expect(results[0]?.urls).toEqual([`https://t.me/${room.telegram.username}?start=play_k1`]);
    expect(isPersonal).toBe(true);
    expect(cacheTime).toBeLessThanOrEqual(30);
  });

  it.each([
    ['a stranger', stranger],
    ['a person whose role comes from a group', member],
  ])('of %s finds no channels, but a button to ask for access', async (_, id) => {
    const { results, button } = await user(id).inline('tf1').inlineAnswer();
    expect(results).toEqual([]);
    expect(button?.payload).toBe('hello');
    await user(id)
      .start(button?.payload)
      .reply(/your id|[Nn]obody|this number/);
  });

  it('ends with the choice, whose message is not taken for a search', async () => {
    await user(ana).start().reply();
    user(ana).say(ana, 'TF1', { isInlineResult: true });
    await user(ana)
      .say(ana, '/status')
      .reply(/Nothing is on/);
    expect(room.telegram.messages(ana)).toHaveLength(2);
  });
});

describe('/start play_1', () => {
  it.each(['play_1', 'play_k1'])(
    'asks before playing, since anybody may have made the link: %s',
    async (payload) => {
      const question = await user(ana)
        .start(payload)
        .reply(/Put TF1 on the screen\?/);
      expect(question.buttons).toEqual([['▶ Watch TF1']]);
      expect(room.http.screen.broadcast.status.wanted).toBeNull();
      expect(room.http.screen.broadcast.status.channel).toBeNull();
      await user(ana).press(question, '▶ Watch TF1').edit(/● TF1/);
    },
  );

  it('does not tell a stranger the channel’s name', async () => {
    const said = await user(stranger).start('play_1').reply();
    expect(said.text).not.toContain('TF1');
  });

  it.each(['play_77', 'play_k77'])('says that a channel no longer exists: %s', async (payload) => {
    await user(ana)
      .start(payload)
      .reply(/no longer in the list/);
  });
});
