import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../../src/access/people.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Actor, Place } from '../../src/domain/actor.ts';
import { idsByRole } from '../bots/room.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const listed = { discord: idsByRole({ admin: ['3'] }), telegram: idsByRole({}) };
const ada: Actor = { platform: 'discord', id: 'discord:1', name: 'Ada', role: 'admin', language: 'en' };
const place: Place = {
  id: 'discord:100',
  platform: 'discord',
  language: 'fr',
  isPrivate: false,
  owner: 'discord:2',
};

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

async function admin(...values: string[]): Promise<string> {
  const context = { ...fake.context, listed };
  const reply = await execute(registry, context, { actor: ada, place }, { command: 'admin', values });
  expect(reply.isPrivate).toBe(true);
  return JSON.stringify(reply.lines);
}

/** What somebody may do, as the next thing that they want is judged. */
function roleOf(id: string) {
  const introduction = {
    platform: 'discord' as const,
    id,
    name: 'x',
    groups: [],
    isOwner: false,
    languageTag: 'en',
  };
  const { people } = fake.context;
  return identify(introduction, { listed: listed.discord, people, language: 'en' }).role;
}

describe('/admin allow and deny', () => {
  it('let a person in and shut them out again, at once', async () => {
    expect(roleOf('77')).toBeNull();
    expect(await admin('allow', '77 Eve')).toContain('Eve may use me as a viewer');
    expect(roleOf('77')).toBe('viewer');
    expect(await admin('allow', '77', 'Controller')).toContain('Eve may use me as a controller');
    expect(roleOf('77')).toBe('controller');
    expect(await admin('deny', '77')).toContain('Eve can no longer use me');
    expect(roleOf('77')).toBeNull();
    expect(await admin('allow', '77', 'viewer')).toContain('Eve may use me');
    expect(roleOf('77')).toBe('viewer');
  });

  it('end the private links of a person who is shut out', async () => {
    const { links } = fake.context;
    const eve = { id: 'discord:77', name: 'Eve' };
    links.issue(eve, { id: mainId(1), name: 'TF1 HD' });
    links.issue(ada, { id: mainId(1), name: 'TF1 HD' });
    await admin('deny', '77');
    expect(links.of(eve.id)).toEqual([]);
    expect(links.of(ada.id)).toHaveLength(1);
  });

  it.each([
    ['oneself', ['deny', '1'], /own rights/],
    ['oneself, to less', ['allow', '1', 'viewer'], /own rights/],
    ['the owner of the place', ['deny', '2'], /owner/],
    ['an admin by the settings', ['deny', '3'], /owner/],
    ['nobody', ['deny', ''], /What \/admin can do/],
    ['a mere name', ['allow', '@eve'], /do not know who “@eve”/],
    ['an unknown role', ['allow', '77', 'king'], /viewer, controller, admin/],
    ['an unknown verb', ['crown', '77'], /allow, deny, reload/],
  ])('do nothing for %s', async (_, values, sentence) => {
    expect(await admin(...values)).toMatch(sentence);
    for (const id of ['1', '2', '3', '77'])
      expect(fake.context.people.find(`discord:${id}`)?.standing ?? null).toBeNull();
  });
});

describe('/admin allow', () => {
  it.each([
    ['controler', 'controller'],
    ['contoller', 'controller'],
    ['contrôleur', 'controller'],
    ['viwer', 'viewer'],
    ['spectateur', 'viewer'],
    ['admn', 'admin'],
  ])(
    'does not take %s for a name but asks whether %s is meant, and accepts the answer',
    async (word, role) => {
      expect(await admin('allow', `77 ${word}`, '')).toContain(`Did you mean ${role}?`);
      expect(roleOf('77')).toBeNull();
      await admin('allow', '77', role);
      expect(roleOf('77')).toBe(role);
    },
  );

  it.each(['Ann', 'Eve', 'Viktor', 'Conor', 'Adam Driver'])('takes %s for a name', async (name) => {
    expect(await admin('allow', `77 ${name}`, '')).toContain(`${name} may use me as a viewer`);
  });

  it('finds a known person by a misspelt name, but never guesses between two', async () => {
    const { people } = fake.context;
    for (const [id, name] of [
      ['discord:77', 'Anaëlle'],
      ['discord:78', 'Boris'],
      ['discord:79', 'Bob Smith'],
      ['discord:80', 'Bob Jones'],
      ['telegram:81', 'Zoë'],
    ] as const)
      people.seen({ id, name }, 0);
    expect(await admin('allow', 'anaele', 'controller')).toContain('Anaëlle may use me as a controller');
    expect(roleOf('77')).toBe('controller');
    expect(await admin('allow', '@boris', '')).toContain('Boris may use me');
    expect(await admin('allow', 'bob', '')).toContain('Several people');
    expect(await admin('allow', 'zoe', '')).toContain('do not know who');
  });
});

describe('/admin reload', () => {
  it('reloads the channel list and counts the channels', async () => {
    expect(await admin('reload')).toContain('3 channels, 3 before');
  });

  it('gives the reason for a failure', async () => {
    await fake.stop();
    fake = await startFakeHttp({ channels: [] });
    expect(await admin('reload')).toContain('empty channel list');
  });
});
