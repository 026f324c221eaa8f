import { beforeEach, describe, expect, it } from 'vitest';
import { Clients, loginOf } from '../../src/access/clients.ts';
import { owner } from '../../src/access/visitor.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { AuditLog } from '../../src/store/audit-log.ts';
import { StoredClients } from '../../src/store/clients.ts';
import { openDatabase } from '../../src/store/database.ts';
import { rowsOf } from '../../src/store/table-rows.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

let clients: Clients;
let clock: FakeClock;
let log: unknown[][];
let database: ReturnType<typeof openDatabase>;
beforeEach(() => {
  database = openDatabase(':memory:');
  clock = new FakeClock();
  log = [];
  clients = new Clients({
    clients: new StoredClients(database),
    audit: new AuditLog(database),
    clock,
    logger: { warn: (...line: unknown[]) => void log.push(line) } as unknown as Pick<
      Logger,
      'error' | 'warn'
    >,
  });
});

describe('a client', () => {
  it('is found by its token, which is stored nowhere and fits into any address', () => {
    const { client, token } = clients.make('Jellyfin', 'jellyfin', owner);
    expect(token).toMatch(/^[A-Za-z0-9]{24}$/);
    expect(clients.byToken(token)).toMatchObject({ id: client.id, name: 'Jellyfin', kind: 'jellyfin' });
    expect(clients.byToken(`${token}x`)).toBeNull();
    expect(clients.byToken('')).toBeNull();
    expect(JSON.stringify(rowsOf(database))).not.toContain(token);
    expect(clients.make('Jellyfin', 'jellyfin', owner).token).not.toBe(token);
  });

  it('logs in with its own name alone', () => {
    const one = clients.make('TiviMate', 'tivimate', owner);
    const other = clients.make('Kodi', 'kodi', owner);
    expect(loginOf(one.client)).toBe(`c${one.client.id}`);
    expect(clients.byLogin(loginOf(one.client), one.token)?.id).toBe(one.client.id);
    expect(clients.byLogin(loginOf(other.client), one.token)).toBeNull();
    expect(clients.byLogin('', one.token)).toBeNull();
  });

  it('is written down as used once a minute at most', () => {
    const { token } = clients.make('VLC', 'vlc', owner);
    const usedAt = () => clients.list()[0]?.lastUsedAt;
    expect(usedAt()).toBeNull();
    clients.byToken(token);
    const first = clock.now();
    expect(usedAt()).toBe(first);
    clock.skip(59_000);
    clients.byToken(token);
    expect(usedAt()).toBe(first);
    clock.skip(1_000);
    clients.byToken(token);
    expect(usedAt()).toBe(first + 60_000);
  });

  it('ends at once, with what it plays, and its number never comes back', () => {
    const { client, token } = clients.make('Kodi', 'kodi', owner);
    const ended: AppError[] = [];
    const leave = clients.admit(client, 'Arte', (reason) => ended.push(reason));
    expect(clients.list()[0]?.playing).toEqual(['Arte']);
    expect(clients.end(client.id, owner)).toBe(true);
    leave();
    expect(ended.map(({ code }) => code)).toEqual(['client_unknown']);
    expect([clients.list(), clients.byToken(token), clients.end(client.id, owner)]).toEqual([
      [],
      null,
      false,
    ]);
    expect(clients.make('Kodi', 'kodi', owner).client.id).toBeGreaterThan(client.id);
  });

  it('plays until it leaves, each stream by itself', () => {
    const { client } = clients.make('Plex', 'plex', owner);
    const leave = [clients.admit(client, 'Arte', () => {}), clients.admit(client, 'Arte', () => {})];
    leave[0]?.();
    leave[0]?.();
    expect(clients.list()[0]?.playing).toEqual(['Arte']);
    leave[1]?.();
    expect(clients.list()[0]?.playing).toEqual([]);
  });

  it('that is refused a channel is named in the log and in the list', () => {
    const { client } = clients.make('Jellyfin in the living room', 'jellyfin', owner);
    clients.refused(client, 'Arte', new AppError('no_slot', { capacity: 1, holders: 'TF1' }));
    expect(log).toEqual([
      [
        { client: client.name, channel: 'Arte', code: 'no_slot', capacity: 1, holders: 'TF1' },
        'Jellyfin in the living room was refused Arte',
      ],
    ]);
    expect(clients.list()[0]?.refusal).toMatchObject({ channelName: 'Arte', code: 'no_slot' });
  });

  it('that has no free connection is told of for two minutes after its last try, since its first', () => {
    const { client } = clients.make('Kodi', 'kodi', owner);
    const told: unknown[] = [];
    clients.onTurnedAway(() => told.push(clients.turnedAway()));
    const first = clock.now();
    clients.refused(client, 'Arte', new AppError('no_slot', { capacity: 1, holders: 'TF1' }));
    clock.skip(100_000);
    clients.refused(client, 'Arte', new AppError('line_in_use', { status: 456 }));
    expect(told).toEqual([
      [{ name: 'Kodi', since: first, until: first + 120_000 }],
      [{ name: 'Kodi', since: first, until: first + 220_000 }],
    ]);
    clock.skip(119_999);
    expect(clients.turnedAway()).toHaveLength(1);
    clock.skip(1);
    expect(clients.turnedAway()).toEqual([]);
    clients.refused(client, 'Arte', new AppError('no_slot', { capacity: 1, holders: 'TF1' }));
    expect(clients.turnedAway()).toMatchObject([{ since: clock.now() }]);
    clients.end(client.id, owner);
    expect(told.at(-1)).toEqual([]);
  });

  it('that is refused for another reason lacks no connection', () => {
    const { client } = clients.make('Kodi', 'kodi', owner);
    clients.refused(client, 'Arte', new AppError('channel_dead'));
    expect(clients.turnedAway()).toEqual([]);
  });

  it('is in the audit log, from its beginning to its end', () => {
    const { client } = clients.make('Kodi', 'kodi', owner);
    clients.end(client.id, owner);
    const entries = rowsOf(database).audit?.map(({ person, action, detail }) => [person, action, detail]);
    expect(entries).toEqual([
      ['console', 'client_made', 'Kodi'],
      ['console', 'client_ended', 'Kodi'],
    ]);
  });

  it('cannot be made without end', () => {
    for (let number = 0; number < 200; number++) clients.make(`${number}`, 'other', owner);
    expect(() => clients.make('one more', 'other', owner)).toThrow(AppError);
  });
});
