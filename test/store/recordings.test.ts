import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { type NewRecording, StoredRecordings } from '../../src/store/recordings.ts';
import { mainId } from '../fakes/main-id.ts';

const news: NewRecording = {
  channelId: mainId(1),
  channelName: 'TF1 HD',
  title: 'Le Journal',
  start: 20_000,
  stop: 50_000,
  programme: {
    title: 'Le Journal',
    start: 21_000,
    stop: 49_000,
    subTitle: 'Soir',
    description: 'Le monde.',
    season: 1,
    episode: 2,
  },
  isFollowing: true,
  isFromArchive: false,
  state: 'planned',
  by: { id: 'discord:1', name: 'Ana' },
  createdAt: 1_000,
};

let database: DatabaseSync;
let changes: number;
let recordings: StoredRecordings;
beforeEach(() => {
  changes = 0;
  database = openDatabase(':memory:');
  recordings = new StoredRecordings(database, () => changes++);
});

describe('StoredRecordings', () => {
  it('are kept as they were given, by when they begin', () => {
    const id = recordings.add(news);
    const early = recordings.add({ ...news, start: 10_000, programme: null, isFollowing: false });
    expect(recordings.find(id)).toEqual({
      ...news,
      ...{ id, reason: null, holes: [], isProtected: false, file: null, bytes: 0 },
    });
    expect(recordings.all().map((each) => [each.id, each.programme])).toEqual([
      [early, null],
      [id, news.programme],
    ]);
    expect(changes).toBe(2);
  });

  it('change in what is named, and in nothing else', () => {
    const id = recordings.add(news);
    const done = {
      state: 'incomplete',
      reason: { code: 'no_slot', params: { capacity: 1, holders: 'Arte' } },
      holes: [{ from: 30_000, to: 31_000 }],
      isProtected: true,
      file: 'Shows/Le Journal.mkv',
      bytes: 5_000_000_000,
    } as const;
    recordings.change(id, done);
    expect(recordings.find(id)).toEqual({ ...news, id, ...done });
    recordings.change(id, { stop: 60_000 });
    expect(recordings.find(id)).toEqual({ ...news, id, ...done, stop: 60_000 });
  });

  it('are gone once removed, and their ids mean no other one', () => {
    const id = recordings.add(news);
    recordings.remove(id, 5);
    expect([recordings.find(id), recordings.all()]).toEqual([null, []]);
    recordings.change(id, { title: 'No more' });
    expect(recordings.find(id)).toBeNull();
    expect(recordings.add(news)).not.toBe(id);
  });

  it('follow their channel, and keep its name', () => {
    const id = recordings.add(news);
    expect(recordings.remembered()).toEqual([{ channelId: mainId(1), channelName: 'TF1 HD' }]);
    const from = { channelId: mainId(1), channelName: 'TF1 HD' };
    recordings.move([{ from, to: { channelId: mainId(901), channelName: 'TF1 FHD' } }]);
    expect(recordings.find(id)).toMatchObject({ channelId: mainId(901), channelName: 'TF1 HD' });
  });

  it('take a reason of another version for an end of the channel', () => {
    const id = recordings.add(news);
    database.prepare('UPDATE recordings SET reason = ?').run('{"code":"of_tomorrow","params":{}}');
    expect(recordings.find(id)?.reason).toEqual({ code: 'channel_ended', params: {} });
  });
});
