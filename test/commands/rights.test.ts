import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../../src/access/people.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Action, Reply } from '../../src/commands/reply.ts';
import { suggest } from '../../src/commands/suggest.ts';
import { type Actor, mayAct, type Role } from '../../src/domain/actor.ts';
import { buttonNames, commandNames } from '../../src/domain/command-name.ts';
import { idsByRole } from '../bots/room.ts';
import { type ContextSpy, spyOn } from '../fakes/context-spy.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { room } from './asking.ts';
import { everyCall } from './every-call.ts';

const kinds = ['denied', 'stranger', 'viewer', 'controller', 'admin'] as const;
type Kind = (typeof kinds)[number];
/** Listed as an admin of the place by their group, whatever was decided about them by name. */
const GROUP = '20';
const listed = { discord: idsByRole({ admin: [GROUP] }), telegram: idsByRole({}) };
const place = { id: 'discord:1', platform: 'discord', language: 'en', isPrivate: false } as const;

let fake: FakeHttp;
let spy: ContextSpy;
beforeAll(async () => {
  fake = await startFakeHttp();
  const { people } = fake.context;
  for (const standing of ['denied', 'viewer', 'controller', 'admin'] as const)
    people.setStanding({ id: `discord:${kinds.indexOf(standing)}`, name: standing }, standing, 0);
});
afterAll(() => fake.stop());
beforeEach(() => {
  spy = spyOn({ ...fake.context, listed });
});

/** Somebody as the bots know them. Who was shut out is in a group that may do everything. */
function actorOf(kind: Kind): Actor {
  const introduction = {
    platform: 'discord' as const,
    id: String(kinds.indexOf(kind)),
    name: kind,
    isOwner: false,
    groups: kind === 'denied' ? [GROUP] : [],
    languageTag: 'en',
  };
  return identify(introduction, {
    listed: listed.discord,
    people: fake.context.people,
    language: 'en',
  });
}

const ask = (kind: Kind, action: Action): Promise<Reply> =>
  execute(registry, spy.context, { actor: actorOf(kind), place }, action);
const isRefused = (reply: Reply) =>
  reply.isRefusal === true &&
  /You may not do that here|Only (admins|controllers) may|private TV room/.test(JSON.stringify(reply.lines));

/** Of whom a call asks too much. */
const below = (role: Role) => kinds.filter((kind) => !mayAct(actorOf(kind), role));

describe('the role of a person', () => {
  it.each([
    ['denied', null],
    ['stranger', null],
    ['viewer', 'viewer'],
    ['controller', 'controller'],
    ['admin', 'admin'],
  ] as const)('of kind %s is right', (kind, role) => {
    expect(actorOf(kind).role).toBe(role);
  });
});

describe.each(everyCall)('$title', ({ name, command, values }) => {
  it('never reaches the core for a person whose role is too low', async () => {
    const refused = below(command.role);
    expect(refused).toContain('denied');
    expect(refused).toContain('stranger');
    for (const kind of refused) {
      const reply = await ask(kind, { command: name, values });
      expect(isRefused(reply), kind).toBe(true);
      expect(reply.isPrivate, kind).toBe(true);
      expect(reply.buttons ?? []).toEqual([]);
    }
    expect(spy.touched).toEqual([]);
  });

  it('reaches the core for admins', async () => {
    const reply = await ask('admin', { command: name, values });
    expect(isRefused(reply)).toBe(false);
    expect(spy.touched).toContain('people.seen');
  });
});

describe('every button in any reply', () => {
  /** Of all replies to an admin, with something on air and with nothing. */
  async function allActions(): Promise<Action[]> {
    const found = new Map<string, Action>();
    for (const { name, values } of [...everyCall, ...everyCall]) {
      const { buttons = [] } = await ask('admin', { command: name, values });
      for (const button of buttons.flat())
        if ('action' in button) found.set(JSON.stringify(button.action), button.action);
    }
    // What viewers are asked where they would disturb others, which an admin never is.
    const votes = [['ask', '1', '2'], ['yes', 'x'], ['no', 'x'], ['cancel']];
    return [...found.values(), ...votes.map((values) => ({ command: 'vote', values }))];
  }

  it('is checked like a command', async () => {
    const actions = await allActions();
    expect(actions.map(({ command }) => command)).toEqual(expect.arrayContaining(['play', 'stop', 'vote']));
    spy.touched.length = 0;
    for (const action of actions) {
      const name = [...commandNames, ...buttonNames].find((each) => each === action.command);
      expect(name, JSON.stringify(action)).toBeDefined();
      if (!name) continue;
      for (const kind of below(registry[name].role)) {
        expect(isRefused(await ask(kind, action)), `${kind} ${JSON.stringify(action)}`).toBe(true);
      }
    }
    expect(spy.touched).toEqual([]);
  });
});

describe('suggestions', () => {
  it.each(kinds)('are given to kind %s only if they may watch', (kind) => {
    const suggestions = suggest(spy.context, actorOf(kind), {
      place: room.id,
      option: 'channel',
      typed: 'tf1',
    });
    const may = mayAct(actorOf(kind), 'viewer');
    expect(suggestions.length > 0).toBe(may);
    expect(spy.touched.length > 0).toBe(may);
  });
});
