import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodePress } from '../../src/bots/telegram/press-data.ts';
import { startAction, startPayload } from '../../src/bots/telegram/private-answer.ts';
import { FROM_THE_START, withoutFromTheStart } from '../../src/commands/from-the-start.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { suggest } from '../../src/commands/suggest.ts';
import { timeOfMark } from '../../src/commands/time-mark.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { ada, ask, channelsOf, labelsOf, press, room, textOf } from './asking.ts';

const MINUTE = 60_000;
const eve: Actor = { ...ada, id: 'discord:2', name: 'Eve', role: 'viewer' };

let fake: FakeHttp;
let start: number;
beforeEach(async () => {
  const channels = channelsOf(['TF1 HD', 'TF1 Séries', 'TF1 Films', 'Arte']);
  fake = await startFakeHttp({
    publicUrl: 'https://tv.example',
    channels: channels.map((each) => ({ ...each, archiveDays: 2 })),
  });
  const now = fake.clock.now();
  start = now - 20 * MINUTE;
  fake.guide.push(
    { title: 'Journal', description: '', start, stop: now + 10 * MINUTE },
    { title: 'Film', description: '', start: now + 10 * MINUTE, stop: now + 99 * MINUTE },
  );
});
afterEach(() => fake.stop());

const past = () => fake.screen.broadcast.status.past;

/** The data of all buttons as Telegram gets them, from somebody with the longest id. */
function dataOf({ buttons = [], menu }: Reply): (string | null)[] {
  const actions = [
    ...buttons.flat().flatMap((button) => ('action' in button ? [button.action] : [])),
    ...(menu?.choices.map(({ action }) => action) ?? []),
  ];
  return actions.map((action) => encodePress(action, 9_999_999_999));
}

describe('“from the start”', () => {
  it.each([
    ['tf1 from the start', 'tf1'],
    ['tf1 hd From The Beginning ', 'tf1 hd'],
    ['tf1 depuis le début', 'tf1'],
    ['tf1 du debut', 'tf1'],
    ['tf1 du de\u0301but', 'tf1'],
    ['from the start', ''],
    ['tf1', null],
    ['from the start tv', null],
    ['afrom the start', null],
  ])('is read at the end of %j', (typed, rest) => {
    expect(withoutFromTheStart(typed)).toBe(rest);
  });

  it('plays the running programme from its start, and the card leads back to live', async () => {
    const reply = await ask(fake, '/play arte from the start');
    expect(past()).toMatchObject({ start, title: 'Journal' });
    expect(textOf(reply)).toContain('Journal · from the start, 20\u00a0min behind live');
    expect(labelsOf(reply)).not.toContain('⏮ From the start');
    const live = await press(fake, reply, '● Back to live');
    expect(past()).toBeNull();
    expect(textOf(live)).toContain('Now: Journal');
    await press(fake, live, '⏮ From the start');
    expect(past()).toMatchObject({ start });
    expect(fake.screen.broadcast.status.channel?.id).toBe(mainId(4));
  });

  it('means the channel on air without a name', async () => {
    await ask(fake, '/play arte');
    await ask(fake, '/play depuis le début');
    expect(past()).toMatchObject({ start });
  });

  it('holds in the menu of several channels', async () => {
    const { menu } = await ask(fake, '/play tf from the start');
    const choice = menu?.choices[0];
    expect(timeOfMark(choice?.action.values[0] ?? '')).toBeGreaterThanOrEqual(start);
    await press(fake, { lines: [], isPrivate: true, buttons: [menu?.choices ?? []] }, choice?.label ?? '');
    expect(past()).toMatchObject({ start });
  });

  it.each([
    ['Switch', (question: Reply) => press(fake, question, 'Switch', eve)],
    [
      'Ask the room',
      async (question: Reply) => {
        const vote = await press(fake, question, 'Ask the room', eve);
        expect(textOf(vote)).toContain('Arte · Journal');
        return press(fake, vote, '👍 1');
      },
    ],
  ])('holds in the question before a switch: %s', async (_, answer) => {
    await ask(fake, '/play arte');
    fake.screen.viewers.seen('somebody');
    const question = await ask(fake, '/play arte from the start', eve);
    expect(textOf(question)).toContain('Arte · Journal');
    expect(past()).toBeNull();
    await answer(question);
    expect(past()).toMatchObject({ start, title: 'Journal' });
  });

  it('fits into Telegram’s buttons', async () => {
    const card = await ask(fake, '/play arte');
    fake.screen.viewers.seen('somebody');
    const question = await ask(fake, '/play arte from the start', eve);
    for (const data of [...dataOf(card), ...dataOf(question), ...dataOf(await ask(fake, '/epg arte'))])
      expect(data).not.toBeNull();
  });

  it('is kept by the suggestions while somebody types', async () => {
    const typing = { place: room.id, option: 'channel', typed: 'arte from the start' };
    const [first] = suggest(fake.context, ada, typing);
    expect(first).toMatchObject({
      label: 'Arte · from the start',
      channel: { id: mainId(4) },
      isFromTheStart: true,
    });
    await ask(fake, `/play #4${FROM_THE_START}`);
    expect(past()).toMatchObject({ start });
  });

  it('makes a private link to the programme, which a start in private makes again', async () => {
    const reply = await ask(fake, '/vlc arte from the start');
    expect(textOf(reply)).toContain('Arte · Journal');
    expect(fake.context.links.of(ada.id)).toMatchObject([{ past: { from: start } }]);
    const { command, text } = startAction(startPayload(reply.direct ?? { command: '', values: [] }));
    expect([command, withoutFromTheStart(text)]).toEqual(['vlc', expect.stringMatching(/^~\d+$/)]);
    const { menu } = await ask(fake, '/vlc tf from the start');
    await press(
      fake,
      { lines: [], isPrivate: true, buttons: [menu?.choices ?? []] },
      menu?.choices[0]?.label ?? '',
    );
    expect(fake.context.links.of(ada.id)).toMatchObject([
      { past: { from: start } },
      { past: { from: start } },
    ]);
  });

  it('is offered by /epg', async () => {
    const reply = await ask(fake, '/epg arte');
    await press(fake, reply, '⏮ Journal');
    expect(past()).toMatchObject({ start });
  });

  it('is not offered where the provider keeps nothing', async () => {
    await fake.stop();
    fake = await startFakeHttp({ channels: channelsOf(['Arte']) });
    fake.guide.push({ title: 'Journal', description: '', start, stop: start + 30 * MINUTE });
    expect(labelsOf(await ask(fake, '/play arte'))).not.toContain('⏮ From the start');
    expect(labelsOf(await ask(fake, '/epg arte'))).not.toContain('⏮ Journal');
    expect(textOf(await ask(fake, '/play arte from the start'))).toContain('does not keep what');
  });
});
