import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IdsByRole } from '../../src/access/people.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Actor, Platform } from '../../src/domain/actor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const listing = (ids: Partial<IdsByRole>): IdsByRole => ({
  ...{ admin: new Set<string>(), controller: new Set<string>(), viewer: new Set<string>() },
  ...ids,
});

async function refused(platform: Platform, listed: Partial<IdsByRole> = {}): Promise<string> {
  const actor: Actor = { platform, id: `${platform}:77`, name: 'Eve', role: null, language: 'en' };
  const place = { id: `${platform}:1`, platform, language: 'en', isPrivate: false } as const;
  const commands = {
    ...fake.context.commands,
    listed: { ...fake.context.commands.listed, [platform]: listing(listed) },
  };
  const reply = await execute(registry, commands, { actor, place }, { command: 'status', values: [] });
  expect(reply.isPrivate).toBe(true);
  return JSON.stringify(reply.lines);
}

describe('a stranger', () => {
  it('learns which setting takes their id, while nobody has been let in', async () => {
    expect(await refused('telegram')).toContain('TELEGRAM_ADMIN_IDS=77');
    expect(await refused('discord')).toMatch(/owner.*DISCORD_VIEWER_ROLES.*77/);
  });

  it('learns no more than their id, once somebody has been', async () => {
    expect(await refused('telegram', { viewer: new Set(['5']) })).toMatch(/may not.*77/);
    fake.context.commands.people.setStanding({ id: 'telegram:5', name: 'Ada' }, 'admin', 0);
    expect(await refused('telegram')).toMatch(/may not.*77/);
    expect(await refused('discord')).toContain('DISCORD_VIEWER_ROLES');
  });
});
