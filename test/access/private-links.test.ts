import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LINK_LIFETIME, PrivateLinks } from '../../src/access/private-links.ts';
import type { AppError } from '../../src/domain/errors.ts';
import { openDatabase } from '../../src/store/database.ts';
import { People } from '../../src/store/people.ts';
import { StoredPrivateLinks } from '../../src/store/private-links.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';

const ana = { id: 'discord:1', name: 'Ana' };
const bob = { id: 'telegram:2', name: 'Bob' };
const tf1 = { id: mainId(7), name: 'TF1 HD' };
const DAY = 24 * 60 * 60_000;

let database: DatabaseSync;
let people: People;
let clock: FakeClock;
let links: PrivateLinks;
beforeEach(() => {
  database = openDatabase(':memory:');
  people = new People(database);
  clock = new FakeClock();
  links = new PrivateLinks({ links: new StoredPrivateLinks(database), people, clock });
});
afterEach(() => database.close());

/** A player that records why it was stopped. */
function player(backlog = 0) {
  return {
    backlog,
    reason: null as AppError | null,
    async stop(reason: AppError) {
      this.reason = reason;
    },
  };
}

const issue = (person = ana) => links.issue(person, tf1);
const refused = (token: string) => expect(() => links.find(token)).toThrow('link_invalid');

describe('a link', () => {
  it('gives its channel for a day', async () => {
    const { token, expiresAt } = issue();
    expect(expiresAt).toBe(clock.now() + DAY);
    expect(links.find(token)).toMatchObject({
      person: ana,
      channelId: mainId(7),
      channelName: 'TF1 HD',
      expiresAt,
    });
    await clock.advance(DAY - 1);
    links.find(token);
    await clock.advance(1);
    refused(token);
    expect(links.of(ana.id)).toEqual([]);
  });

  it('has a token that cannot be guessed and is not stored', () => {
    const tokens = Array.from({ length: 10 }, () => issue().token);
    expect(new Set(tokens).size).toBe(10);
    for (const token of tokens) {
      expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);
      expect(token).toMatch(/^[\w-]+$/);
    }
    const kept = JSON.stringify(database.prepare('SELECT * FROM links').all());
    for (const token of tokens) expect(kept).not.toContain(token);
  });

  it.each(['', 'x', 'a'.repeat(24), "' OR 1=1 --"])('is not found by %j', (token) => {
    issue();
    refused(token);
  });

  it('is refused once its person is denied', () => {
    const { token } = issue();
    people.setStanding(ana, 'denied', clock.now());
    refused(token);
  });

  it('is deleted some days after it expired', async () => {
    const count = () => database.prepare('SELECT count(*) AS n FROM links').get()?.n;
    issue();
    await clock.advance(2 * DAY);
    issue();
    expect(count()).toBe(2);
    await clock.advance(3 * DAY);
    issue();
    expect(count()).toBe(2);
  });

  it('ends when its person makes a twenty-first link and it is the oldest', async () => {
    const tokens: string[] = [];
    for (let index = 0; index < 20; index++) {
      tokens.push(issue().token);
      await clock.advance(1);
    }
    const others = issue(bob).token;
    const [first = '', second = ''] = tokens;
    const playing = player();
    links.admit(links.find(first), 'VLC', playing);
    issue();
    refused(first);
    expect(playing.reason?.code).toBe('link_invalid');
    for (const token of [second, others]) links.find(token);
    expect(links.of(ana.id)).toHaveLength(20);
  });
});

describe('PrivateLinks.admit', () => {
  it('admits two players of a link at once, and no third', () => {
    const link = links.find(issue().token);
    links.admit(link, 'VLC at home', player());
    const leave = links.admit(link, 'Kodi', player());
    expect(() => links.admit(link, 'VLC elsewhere', player())).toThrow('link_in_use');
    expect(links.of(ana.id)).toMatchObject([{ players: 2 }]);
    leave();
    leave();
    expect(links.of(ana.id)).toMatchObject([{ players: 1 }]);
    links.admit(link, 'VLC elsewhere', player());
  });

  it('counts the players of each link separately', () => {
    for (const person of [ana, ana, bob]) {
      const link = links.find(issue(person).token);
      for (const device of ['VLC', 'Kodi']) links.admit(link, device, player());
    }
  });

  it('replaces a device’s own connection that does not read when the device connects again', () => {
    const link = links.find(issue().token);
    const [alive, lost, again] = [player(100), player(5_000), player()];
    const leaves = [alive, lost].map((each) => links.admit(link, 'VLC at home', each));
    links.admit(link, 'VLC at home', again);
    expect([alive, lost, again].map(({ reason }) => reason?.code)).toEqual([
      undefined,
      'link_in_use',
      undefined,
    ]);
    // The lost connection closes late.
    leaves[1]?.();
    expect(links.of(ana.id)).toMatchObject([{ players: 2 }]);
  });

  it('records when the link was last used', async () => {
    const link = links.find(issue().token);
    expect(links.of(ana.id)).toMatchObject([{ lastUsedAt: null }]);
    const leave = links.admit(link, 'VLC', player());
    await clock.advance(5_000);
    leave();
    expect(links.of(ana.id)).toMatchObject([{ lastUsedAt: clock.now() }]);
  });

  it('stops the players when the link expires, and not before', async () => {
    const link = links.find(issue().token);
    const [gone, there] = [player(), player()];
    links.admit(link, 'Kodi', gone)();
    await clock.advance(1_000);
    links.admit(link, 'VLC', there);
    await clock.advance(LINK_LIFETIME - 1_001);
    expect(there.reason).toBeNull();
    await clock.advance(1);
    expect(there.reason?.code).toBe('link_invalid');
    expect(gone.reason).toBeNull();
    expect(clock.pending).toBe(0);
  });
});

describe('PrivateLinks.revoke', () => {
  it('ends one link and its players', () => {
    const [one, two] = [issue().token, issue().token];
    const [playing, other] = [player(), player()];
    const { id } = links.find(one);
    links.admit(links.find(one), 'VLC', playing);
    links.admit(links.find(two), 'VLC', other);
    links.revoke(ana.id, id);
    refused(one);
    expect(playing.reason?.code).toBe('link_invalid');
    links.find(two);
    expect(other.reason).toBeNull();
  });

  it('ends all links of one person', () => {
    const tokens = [issue().token, issue().token];
    const others = issue(bob).token;
    links.revoke(ana.id);
    for (const token of tokens) refused(token);
    links.find(others);
  });

  it('does not end another person’s link', () => {
    const { token } = issue();
    links.revoke(bob.id, links.find(token).id);
    links.find(token);
  });
});

describe('PrivateLinks.stop', () => {
  it('stops the players and admits no more, and late disconnections do not use the database', () => {
    const link = links.find(issue().token);
    const playing = player();
    const leave = links.admit(link, 'VLC', playing);
    links.stop();
    expect(playing.reason?.code).toBe('channel_ended');
    expect(() => links.admit(link, 'VLC', player())).toThrow('channel_ended');
    database.close();
    leave();
    database = openDatabase(':memory:');
  });
});
