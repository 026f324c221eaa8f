import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { valuesOf } from '../../src/commands/parse-values.ts';
import { registry } from '../../src/commands/registry.ts';
import { type Action, encodeAction, type Reply } from '../../src/commands/reply.ts';
import type { Actor, Place, Role } from '../../src/domain/actor.ts';
import type { CommandName } from '../../src/domain/command-name.ts';
import { AppError } from '../../src/domain/errors.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { ada, textOf } from './asking.ts';

const tv: Place = { id: 'discord:tv', platform: 'discord', language: 'en', isPrivate: false };
const pitch: Place = { ...tv, id: 'discord:pitch' };

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ reactions: 'room' });
});
afterEach(() => fake.stop());

const admin = (role: Role = 'admin'): Actor => ({ ...ada, role });

/** Types a command as in Telegram. */
function type(text: string, place = tv, actor = admin()): Promise<Reply> {
  const [, name = '', rest = ''] = /^\/(\w+)\s*(.*)$/s.exec(text) ?? [];
  const values = valuesOf(registry[name as CommandName], rest);
  return execute(registry, fake.context, { actor, place }, { command: name, values });
}

const nameOn = (screen: string) => fake.context.screens.get(screen).broadcast.status.channel?.name ?? null;

/** The button that answers a question with yes. */
function yesOf({ buttons = [] }: Reply): Action {
  const yes = buttons[0]?.[0];
  if (!yes || !('action' in yes)) throw new Error('no button');
  return yes.action;
}

describe('/screen', () => {
  it('adds a screen, lists it, makes a room be about it, renames and removes it', async () => {
    expect(textOf(await type('/screen'))).toBe('The screens:\n1 · Live (this room)');
    expect(textOf(await type('/screen add Salle de sport'))).toContain('Salle de sport was added');
    await type('/screen use salle de SPORT', pitch);
    await type('/play arte', pitch);
    expect([nameOn('live'), nameOn('salle-de-sport')]).toEqual([null, 'Arte']);
    expect(textOf(await type('/screen'))).toBe(
      'The screens:\n1 · Live (this room)\n2 · Salle de sport · Arte',
    );
    expect(textOf(await type('/screen rename Salle de sport Foot', pitch))).toBe(
      'Salle de sport is called Foot now.',
    );
    expect(textOf(await type('/status', pitch))).toMatch(/^📺 Foot\n● Arte/);
    expect(textOf(await type('/screen remove 2'))).toContain('Foot was removed');
    expect(textOf(await type('/status', pitch))).toMatch(/^Nothing is on air/);
  });

  it('goes on where the screen of a room came back', async () => {
    await type('/screen add Sport');
    await type('/screen use sport', pitch);
    await type('/screen remove sport');
    await type('/screen add Sport');
    await type('/play arte', pitch);
    expect([nameOn('live'), nameOn('sport')]).toEqual([null, 'Arte']);
  });

  it.each([
    ['/screen add', 'A screen needs a name of 1 to 40 characters, with a letter or a digit.'],
    ['/screen add live', 'There is a screen called Live already: choose another name.'],
    ['/screen use nowhere', 'There is no screen “nowhere”. There is: live.'],
    ['/screen remove live', 'The screen Live is the first one and stays: rename it instead.'],
    ['/screen rename live', 'A screen needs a name of 1 to 40 characters, with a letter or a digit.'],
    ['/screen remove', 'Which screen?\n1 · Live (this room)'],
    ['/screen delete sport', 'Unknown choice “delete”: choose one of list, use, add, remove, rename.'],
  ])('answers %s with a sentence', async (text, answer) => {
    expect(textOf(await type(text))).toBe(answer);
    expect(fake.context.screens.all()).toHaveLength(1);
  });

  it('lets controllers choose the screen of a room, and admins add and remove', async () => {
    await type('/screen add Sport');
    expect(textOf(await type('/screen use sport', pitch, admin('viewer')))).toContain('Only controllers');
    expect(textOf(await type('/screen add Kids', pitch, admin('controller')))).toContain('admins');
    expect(textOf(await type('/screen use sport', pitch, admin('controller')))).toBe(
      'This room is about Sport from now on.',
    );
    expect(fake.context.screens.all()).toHaveLength(2);
  });
});

describe('a command that names a screen', () => {
  beforeEach(() => type('/screen add Sport'));

  it.each([
    '/play arte > sport',
    '/play arte >2',
    '/play arte -> Sport',
    '/play arte → SPORT',
    '/play arte => 2',
  ])('%s plays there, and the answer is no card', async (text) => {
    const reply = await type(text);
    expect([nameOn('live'), nameOn('sport')]).toEqual([null, 'Arte']);
    expect(textOf(reply)).toMatch(/^📺 Sport\n● Arte/);
    expect(reply.isCard).toBeUndefined();
  });

  it('has buttons that act on that screen, and fit', async () => {
    const reply = await type('/play arte > sport');
    const actions = (reply.buttons ?? []).flat().flatMap((each) => ('action' in each ? [each.action] : []));
    for (const action of actions) expect(encodeAction(action).length).toBeLessThanOrEqual(64);
    const stop = actions.find(({ command }) => command === 'stop');
    if (!stop) throw new Error('no button to stop');
    await execute(registry, fake.context, { actor: admin(), place: tv }, stop);
    expect([nameOn('live'), nameOn('sport')]).toEqual([null, null]);
  });

  it('asks about that screen, and the answer goes there', async () => {
    await type('/play arte > sport');
    for (let each = 0; each < 3; each++) fake.context.screens.get('sport').viewers.connected();
    const viewer: Actor = { ...admin('viewer'), id: 'discord:9' };
    const question = await type('/play tf1 > sport', tv, viewer);
    expect(textOf(question)).toMatch(/^Sport · 3 people are watching Arte/);
    await execute(registry, fake.context, { actor: viewer, place: tv }, yesOf(question));
    expect([nameOn('live'), nameOn('sport')]).toEqual([null, 'TF1 HD']);
  });

  it('asks with the name of the room’s own screen where there are several, and means that one later', async () => {
    await type('/play arte');
    fake.context.screens.get('live').viewers.connected();
    const viewer: Actor = { ...admin('viewer'), id: 'discord:9' };
    const question = await type('/play tf1', tv, viewer);
    expect(textOf(question)).toMatch(/^Live · 1 person is watching Arte/);
    await type('/screen use sport');
    await execute(registry, fake.context, { actor: viewer, place: tv }, yesOf(question));
    expect([nameOn('live'), nameOn('sport')]).toEqual(['TF1 HD', null]);
    await type('/screen remove sport');
    const alone = await type('/play arte', tv, { ...viewer, id: 'discord:8' });
    expect(textOf(alone)).toMatch(/^1 person is watching TF1/);
  });

  it('says what other screens show where all connections are in use, and joins them', async () => {
    await type('/play arte > sport');
    fake.failures.set(1, new AppError('no_slot', { capacity: 1, holders: 'Arte' }));
    const refused = await type('/play tf1');
    expect(textOf(refused)).toContain('connections');
    const [[join] = []] = refused.buttons ?? [];
    expect(join).toMatchObject({ label: '▶ Arte, as on Sport' });
    if (!join || !('action' in join)) throw new Error('no button');
    await execute(registry, fake.context, { actor: admin(), place: tv }, join.action);
    expect([nameOn('live'), nameOn('sport')]).toEqual(['Arte', 'Arte']);
  });

  it('keeps other texts as they are', async () => {
    expect(valuesOf(registry.play, 'tf1 hd')).toEqual(['tf1', 'HD', '']);
    expect(valuesOf(registry.play, 'tf1 hd > sport')).toEqual(['tf1', 'HD', '>sport']);
    expect(valuesOf(registry.play, '> sport')).toEqual(['', '', '>sport']);
    expect(valuesOf(registry.stop, '> sport')).toEqual(['>sport']);
    expect(valuesOf(registry.stop, '')).toEqual(['']);
    expect(valuesOf(registry.search, 'a > b')).toEqual(['a > b']);
  });
});
