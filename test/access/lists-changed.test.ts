import { beforeEach, describe, expect, it } from 'vitest';
import { type Access, createAccess } from '../../src/access/create-access.ts';
import type { ConfiguredIds, IdsByRole } from '../../src/access/people.ts';
import type { Role } from '../../src/domain/actor.ts';
import { openDatabase } from '../../src/store/database.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const list = (ids: Partial<Record<Role, string>>): IdsByRole => ({
  admin: new Set(ids.admin?.split(',')),
  controller: new Set(ids.controller?.split(',')),
  viewer: new Set(ids.viewer?.split(',')),
});
const first: ConfiguredIds = { discord: list({ viewer: '7' }), telegram: list({ admin: '1', viewer: '2' }) };

let listed: ConfiguredIds;
let access: Access;
let told: number;
beforeEach(() => {
  listed = first;
  told = 0;
  access = createAccess({
    database: openDatabase(':memory:'),
    clock: new FakeClock(),
    logger: silentLogger,
    rules: { adminToken: 'the admin token', viewerKey: null, isPersonal: false },
    signingKey: 'a signing key',
    listed: () => listed,
    discordLogin: () => ({ settings: null }),
  });
  access.visitors.onChange(() => told++);
});

function change(after: ConfiguredIds): void {
  const before = listed;
  listed = after;
  access.listsChanged(before, after);
}

/** Logs somebody in with a role from the lists; the returned function tells the role of that session. */
function logIn(id: string, role: Role): () => Role | null {
  const visitor = access.sessions.visitorAs({ id, name: id, role });
  const { token } = access.sessions.begin(visitor, 'Firefox');
  return () => access.sessions.find(token)?.role ?? null;
}

describe('people who are logged in by a list of the settings', () => {
  it('stay logged in where somebody is added, also with their tokens', () => {
    const admin = logIn('telegram:1', 'admin');
    const viewer = logIn('discord:7', 'viewer');
    change({ ...first, telegram: list({ admin: '1,9', viewer: '2,-100' }) });
    expect([admin(), viewer()]).toEqual(['admin', 'viewer']);
    change({ discord: list({ viewer: '7', controller: '8' }), telegram: listed.telegram });
    expect([admin(), viewer()]).toEqual(['admin', 'viewer']);
    expect(told).toBe(2);
  });

  it('are logged out where somebody is removed, on that platform alone', () => {
    const admin = logIn('telegram:1', 'admin');
    const viewer = logIn('discord:7', 'viewer');
    change({ ...first, telegram: list({ admin: '1' }) });
    expect([admin(), viewer()]).toEqual([null, 'viewer']);
    expect(told).toBe(1);
  });

  it('are not let in again by an addition to the shorter list', () => {
    const admin = logIn('telegram:1', 'admin');
    change({ ...first, telegram: list({ viewer: '2' }) });
    change({ ...first, telegram: list({ viewer: '2,1' }) });
    expect(admin()).toBeNull();
  });
});
