import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiTokens } from '../../src/access/api-tokens.ts';
import { configuredIdsHash, nobody } from '../../src/access/people.ts';
import { LINK_LIFETIME, SESSION_LIFETIME, Sessions } from '../../src/access/sessions-and-login-links.ts';
import { owner } from '../../src/access/visitor.ts';
import type { Role } from '../../src/domain/actor.ts';
import { AuditLog } from '../../src/store/audit-log.ts';
import { Credentials } from '../../src/store/credentials.ts';
import { openDatabase } from '../../src/store/database.ts';
import { People, type Standing } from '../../src/store/people.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

const ada = { id: 'discord:1', name: 'Ada' };

let clock: FakeClock;
let people: People;
let audit: AuditLog;
let sessions: Sessions;
let tokens: ApiTokens;
let database: DatabaseSync;
beforeEach(() => {
  clock = new FakeClock();
  database = openDatabase(':memory:');
  start({ viewer: ['1'] });
});

/** Starts over as a new process with these settings. */
function start(ids: { admin?: string[]; viewer?: string[] }): void {
  const listed = { admin: new Set(ids.admin), controller: new Set<string>(), viewer: new Set(ids.viewer) };
  people = new People(database);
  audit = new AuditLog(database);
  const access = {
    credentials: new Credentials(database),
    people,
    audit,
    clock,
    listing: configuredIdsHash({ discord: listed, telegram: nobody }),
  };
  sessions = new Sessions(access);
  tokens = new ApiTokens(access);
}

const decide = (standing: Standing | null) => people.setStanding(ada, standing, clock.now());
/** Logs Ada in with this role. */
const logIn = (role: Role, most?: Role) =>
  sessions.logIn(sessions.issueLink({ ...ada, role }, most), 'Firefox').token;
const roleIn = (token: string) => sessions.find(token)?.role ?? null;

describe('a login link', () => {
  it('logs its person in once, and is not spent by peeking', () => {
    const link = sessions.issueLink({ ...ada, role: 'controller' });
    expect(sessions.peek(link)).toMatchObject({ ...ada, role: 'controller' });
    const { token } = sessions.logIn(link, 'Firefox');
    expect(sessions.find(token)).toMatchObject({ ...ada, role: 'controller' });
    expect(sessions.peek(link)).toBeNull();
    expect(() => sessions.logIn(link, 'Firefox')).toThrow(
      expect.objectContaining({ code: 'login_link_spent' }),
    );
  });

  it('expires after ten minutes', () => {
    const link = sessions.issueLink({ ...ada, role: 'viewer' });
    clock.skip(LINK_LIFETIME);
    expect(sessions.peek(link)).toBeNull();
    expect(() => sessions.logIn(link, '')).toThrow();
  });

  it('gives no more than the role it was made for', () => {
    expect(roleIn(logIn('admin', 'viewer'))).toBe('viewer');
    expect(roleIn(logIn('viewer', 'admin'))).toBe('viewer');
  });

  it('does not log in a person who was denied meanwhile', () => {
    const link = sessions.issueLink({ ...ada, role: 'admin' });
    decide('denied');
    expect(() => sessions.logIn(link, '')).toThrow();
  });

  it('is not accepted as a session or a token, nor they as a link', () => {
    const link = sessions.issueLink({ ...ada, role: 'admin' });
    const { token } = sessions.begin(owner, '');
    const program = tokens.issue('program', 'admin', owner).token;
    expect([sessions.find(link), tokens.find(link)]).toEqual([null, null]);
    expect([sessions.peek(token), tokens.find(token)]).toEqual([null, null]);
    expect([sessions.peek(program), sessions.find(program)]).toEqual([null, null]);
  });
});

describe('a session', () => {
  it.each<[by: string, before: Standing | null, role: Role, after: Standing | null, now: Role | null]>([
    ['the settings alone', null, 'admin', null, 'admin'],
    ['the settings, then denied', null, 'admin', 'denied', null],
    ['the settings, then given a lower role, which takes nothing away', null, 'admin', 'viewer', 'admin'],
    ['the settings, then given a higher role, which takes a new login', null, 'viewer', 'admin', 'viewer'],
    ['a decision', 'admin', 'admin', 'admin', 'admin'],
    ['a decision, then a lower role', 'admin', 'admin', 'viewer', 'viewer'],
    ['a decision, then its withdrawal', 'controller', 'controller', null, null],
    ['the settings, with a higher role than the decision', 'viewer', 'admin', null, 'admin'],
  ])('follows its person’s rights: by %s', (_, before, role, after, now) => {
    decide(before);
    const token = logIn(role);
    decide(after);
    expect(roleIn(token)).toBe(now);
  });

  it('works again when a denial is withdrawn', () => {
    const token = logIn('controller');
    decide('denied');
    expect(roleIn(token)).toBeNull();
    decide(null);
    expect(roleIn(token)).toBe('controller');
  });

  it('survives a restart, but not a change of the settings that alone gave its role', () => {
    const byOwner = sessions.begin(owner, '').token;
    const bySettings = logIn('viewer');
    const bob = { id: 'discord:2', name: 'Bob' };
    people.setStanding(bob, 'controller', clock.now());
    const byDecision = sessions.logIn(sessions.issueLink({ ...bob, role: 'controller' }), '').token;
    const roles = () => [byOwner, bySettings, byDecision].map(roleIn);
    start({ viewer: ['1'] });
    expect(roles()).toEqual(['admin', 'viewer', 'controller']);
    start({ viewer: ['3'] });
    expect(roles()).toEqual(['admin', null, 'controller']);
  });

  it('expires after 30 days', () => {
    const token = logIn('viewer');
    clock.skip(SESSION_LIFETIME - 1);
    expect(roleIn(token)).toBe('viewer');
    clock.skip(1);
    expect(roleIn(token)).toBeNull();
    expect(sessions.list(null)).toEqual([]);
  });

  it('is listed with its browser and its last visit to the minute', () => {
    const token = logIn('viewer');
    const at = clock.now();
    sessions.find(token);
    clock.skip(30_000);
    sessions.find(token);
    expect(sessions.list(ada.id)).toMatchObject([{ label: 'Firefox', createdAt: at, usedAt: at }]);
    clock.skip(30_000);
    sessions.find(token);
    expect(sessions.list(ada.id)).toMatchObject([{ usedAt: at + 60_000 }]);
  });

  it('can be ended by its person or an admin, and by nobody else', () => {
    const token = logIn('viewer');
    const [{ id } = { id: 0 }] = sessions.list(ada.id);
    const bob = { ...owner, id: 'telegram:2', name: 'Bob' };
    expect(sessions.end(id, { ...bob, role: 'controller' })).toBe(false);
    expect(roleIn(token)).toBe('viewer');
    expect(sessions.end(id, bob)).toBe(true);
    expect(sessions.end(id, bob)).toBe(false);
    expect(roleIn(token)).toBeNull();
    expect(audit.list(2)).toMatchObject([
      { by: { id: 'telegram:2', name: 'Bob' }, action: 'session_ended', detail: 'Ada' },
      { by: ada, action: 'login', detail: 'Firefox' },
    ]);
  });
});

describe('an API token', () => {
  it('carries its name and role until it is revoked', () => {
    const { id, token } = tokens.issue('heating', 'controller', owner);
    expect(tokens.find(token)).toMatchObject({
      id: expect.stringMatching(/^token:./),
      name: 'heating',
      role: 'controller',
      tokenId: id,
    });
    expect(tokens.revoke(id, owner)).toBe(true);
    expect(tokens.revoke(id, owner)).toBe(false);
    expect(tokens.find(token)).toBeNull();
  });

  it('loses its rights with its maker', () => {
    decide('admin');
    const visitor = sessions.find(logIn('admin'));
    if (!visitor) throw new Error('not logged in');
    const { token } = tokens.issue('backdoor', 'admin', visitor);
    expect(tokens.find(token)).toMatchObject({ role: 'admin' });
    decide('viewer');
    expect(tokens.find(token)).toMatchObject({ role: 'viewer' });
    decide('denied');
    expect(tokens.find(token)).toBeNull();
  });
});

describe('the audit log', () => {
  it('keeps the latest ten thousand entries and is read in pages', () => {
    for (let count = 1; count <= 10_005; count++) {
      audit.add({ at: count, by: ada, action: 'play', detail: String(count) });
    }
    const [latest, second] = audit.list(2);
    expect([latest?.detail, second?.detail]).toEqual(['10005', '10004']);
    expect(audit.list(1, second?.id)).toMatchObject([{ detail: '10003' }]);
    expect(audit.list(20_000)).toHaveLength(10_000);
  });
});
