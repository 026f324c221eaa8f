import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IdsByRole } from '../../src/access/people.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import { type Action, decodeAction, encodeAction } from '../../src/commands/reply.ts';
import type { Actor, Platform } from '../../src/domain/actor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const listing = (ids: Partial<IdsByRole>): IdsByRole => ({
  admin: new Set<string>(),
  controller: new Set<string>(),
  viewer: new Set<string>(),
  ...ids,
});

async function refused(platform: Platform, listed: Partial<IdsByRole> = {}): Promise<string> {
  const actor: Actor = { platform, id: `${platform}:77`, name: 'Eve', role: null, language: 'en' };
  const place = { id: `${platform}:1`, platform, language: 'en', isPrivate: false } as const;
  const commands = {
    ...fake.context,
    listed: { ...fake.context.listed, [platform]: listing(listed) },
  };
  const reply = await execute(registry, commands, { actor, place }, { command: 'status', values: [] });
  expect(reply.isPrivate).toBe(true);
  return JSON.stringify(reply.lines);
}

describe('execute, for a stranger,', () => {
  it('says how the owner lets somebody in while nobody has been let in', async () => {
    expect(await refused('telegram')).toMatch(/set-up page.*under Telegram.*77/);
    expect(await refused('discord')).toMatch(/owner.*set-up page.*Discord.*77/);
  });

  it('tells only their id once somebody has been let in', async () => {
    expect(await refused('telegram', { viewer: new Set(['5']) })).toMatch(/private TV room.*77/);
    fake.context.people.setStanding({ id: 'telegram:5', name: 'Ada' }, 'admin', 0);
    expect(await refused('telegram')).toMatch(/private TV room.*77/);
    expect(await refused('discord')).toContain('under Discord');
  });
});

describe('execute, for a newcomer,', () => {
  const eve: Actor = { platform: 'telegram', id: 'telegram:77', name: 'Eve', role: null, language: 'en' };
  const place = { id: 'telegram:77', platform: 'telegram', language: 'en', isPrivate: true } as const;
  const ada: Actor = { ...eve, id: 'telegram:5', name: 'Ada', role: 'admin' };
  const ask = (actor: Actor, action: Action) => execute(registry, fake.context, { actor, place }, action);
  const status: Action = { command: 'status', values: [] };
  beforeEach(() => fake.context.people.setStanding(ada, 'admin', 0));

  it('greets them with their id and names them to the admins, who let them in by a button', async () => {
    const reply = await ask(eve, status);
    expect(reply.lines).toEqual([
      [
        'Hello Eve. I am the remote control of a private TV room. Send this number to its owner, who can then let you in:',
      ],
      [{ code: '77' }],
    ]);
    const { toAdmins } = reply;
    expect(toAdmins?.lines).toEqual([['Eve (77) would like to be let in.']]);
    const [viewer, controller, no] = (toAdmins?.buttons ?? []).flat();
    expect([viewer, controller, no].map((each) => each?.label)).toEqual([
      'Let in as viewer',
      'Let in as controller',
      'No',
    ]);
    for (const button of [viewer, controller, no])
      if (button && 'action' in button)
        expect(decodeAction(encodeAction(button.action))).toEqual(button.action);
    if (!controller || !('action' in controller)) throw new Error('no button');
    expect((await ask(ada, controller.action)).lines).toEqual([
      ['Eve may use me as a controller from now on.'],
    ]);
    expect(fake.context.people.find('telegram:77')).toMatchObject({
      name: 'Eve',
      standing: 'controller',
    });
  });

  it('does not name them to the admins again after a refusal', async () => {
    fake.context.people.setStanding(eve, 'denied', 0);
    const reply = await ask(eve, status);
    expect(reply).toMatchObject({ isRefusal: true });
    expect(reply.toAdmins).toBeUndefined();
  });

  it('says nothing where there is no id, as for a channel’s post', async () => {
    expect(await ask({ ...eve, id: 'telegram:' }, status)).toEqual({
      lines: [],
      isPrivate: true,
      isSilent: true,
    });
  });

  it.each<[command: string, role: 'viewer' | 'controller', said: string]>([
    ['audio', 'viewer', 'Only controllers may choose the sound.'],
    ['restart', 'viewer', 'Only controllers may restart the channel.'],
    ['doctor', 'controller', 'Only admins may do that.'],
  ])('execute refuses /%s to a %s and names the missing role', async (command, role, said) => {
    const reply = await ask({ ...eve, role }, { command, values: [] });
    expect(reply).toEqual({ lines: [[said]], isPrivate: true, isRefusal: true });
  });
});
