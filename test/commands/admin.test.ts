import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../../src/access/people.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Actor, Place } from '../../src/domain/actor.ts';
import { idsByRole } from '../bots/room.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

const listed = { discord: idsByRole({ admin: ['3'] }), telegram: idsByRole({}) };
const ada: Actor = { platform: 'discord', id: 'discord:1', name: 'Ada', role: 'admin', language: 'en' };
const place: Place = {
  ...{ id: 'discord:100', platform: 'discord', language: 'fr', isPrivate: false },
  owner: 'discord:2',
};

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

async function admin(...values: string[]): Promise<string> {
  const context = { ...fake.context.commands, listed };
  const reply = await execute(registry, context, { actor: ada, place }, { command: 'admin', values });
  expect(reply.isPrivate).toBe(true);
  return JSON.stringify(reply.lines);
}

/** What somebody may do, as the next thing that they want is judged. */
function roleOf(id: string) {
  const introduction = {
    ...{ platform: 'discord' as const, id, name: 'x', groups: [], isOwner: false, languageTag: 'en' },
  };
  const { people } = fake.context.commands;
  return identify(introduction, { listed: listed.discord, people, language: 'en' }).role;
}

describe('/admin allow and deny', () => {
  it('let somebody in and shut them out again, at once', async () => {
    expect(roleOf('77')).toBeNull();
    expect(await admin('allow', '77 Eve')).toContain('Eve is let in as viewer');
    expect(roleOf('77')).toBe('viewer');
    expect(await admin('allow', '77', 'Controller')).toContain('Eve is let in as controller');
    expect(roleOf('77')).toBe('controller');
    expect(await admin('deny', '77')).toContain('Eve is shut out');
    expect(roleOf('77')).toBeNull();
    expect(await admin('allow', '77', 'viewer')).toContain('Eve is let in');
    expect(roleOf('77')).toBe('viewer');
  });

  it('whoever is shut out loses their private links', async () => {
    const { links } = fake.context.commands;
    const eve = { id: 'discord:77', name: 'Eve' };
    links.issue(eve, { id: 1, name: 'TF1 HD' });
    links.issue(ada, { id: 1, name: 'TF1 HD' });
    await admin('deny', '77');
    expect(links.of(eve.id)).toEqual([]);
    expect(links.of(ada.id)).toHaveLength(1);
  });

  it.each([
    ['oneself', ['deny', '1'], /own rights/],
    ['oneself, to less', ['allow', '1', 'viewer'], /own rights/],
    ['the owner of the place', ['deny', '2'], /owner/],
    ['an admin by the settings', ['deny', '3'], /owner/],
    ['nobody', ['deny', ''], /cannot tell who/],
    ['a mere name', ['allow', '@eve'], /cannot tell who “@eve”/],
    ['an unknown role', ['allow', '77', 'king'], /viewer, controller, admin/],
    ['an unknown verb', ['crown', '77'], /allow, deny, reload/],
  ])('do nothing about %s', async (_, values, sentence) => {
    expect(await admin(...values)).toMatch(sentence);
    for (const id of ['1', '2', '3', '77'])
      expect(fake.context.commands.people.find(`discord:${id}`)?.standing ?? null).toBeNull();
  });
});

describe('/admin reload', () => {
  it('fetches the list anew and counts', async () => {
    expect(await admin('reload')).toContain('3 channels, 3 before');
  });

  it('says why not', async () => {
    await fake.stop();
    fake = await startFakeHttp({ channels: [] });
    expect(await admin('reload')).toContain('empty channel list');
  });
});
