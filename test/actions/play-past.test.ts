import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRoom } from '../../src/actions/ask-room.ts';
import { SwitchQuestion } from '../../src/actions/etiquette.ts';
import { play } from '../../src/actions/play.ts';
import type { Requester } from '../../src/actions/rights.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const ada: Requester = { id: 'discord:1', name: 'Ada', role: 'viewer' };
const eve: Requester = { id: 'discord:2', name: 'Eve', role: 'viewer' };
const minute = 60_000;
const day = 24 * 60 * minute;

const channel = (id: number, name: string, archiveDays: number): Channel => ({
  id: mainId(id),
  number: id,
  name,
  categoryId: null,
  logo: null,
  epgId: null,
  archiveDays,
});

let fake: FakeHttp;
let now: number;
beforeEach(async () => {
  const channels = [channel(1, 'TF1 FHD', 0), channel(2, 'TF1 HD', 3), channel(3, 'Arte', 0)];
  fake = await startFakeHttp({ channels });
  now = fake.clock.now();
});
afterEach(() => fake.stop());

const runs = (start = now - 20 * minute) =>
  fake.guide.push({ title: 'Journal', description: '', start, stop: now + 10 * minute });

describe('play from the start', () => {
  it('plays the running programme from its start, in the variant that has an archive', async () => {
    runs();
    const { channel: onAir, past } = await play(fake.context, fake.screen, ada, {
      channelId: mainId(1),
      from: now,
    });
    expect(onAir).toEqual({ id: mainId(2), name: 'TF1 HD' });
    expect(past).toMatchObject({ title: 'Journal', start: now - 20 * minute, to: now + 10 * minute });
    expect(fake.context.audit.list(1)).toMatchObject([{ action: 'play', detail: 'TF1 HD · Journal' }]);
  });

  it('plays all to now where the guide knows nothing', async () => {
    const from = now - 2 * day;
    const { past } = await play(fake.context, fake.screen, ada, { channelId: mainId(2), from });
    expect(past).toMatchObject({ title: null, start: from, to: now });
  });

  it.each([
    ['a channel without an archive', 3, 0, 'archive_missing'],
    ['what is too long ago', 2, 4 * day, 'archive_missing'],
    ['what is to come', 2, -day, 'archive_missing'],
    ['the running programme where nobody knows its start', 2, 0, 'programme_unknown'],
  ])('refuses %s', async (_, number, ago, code) => {
    const request = { channelId: mainId(number), from: now - ago };
    await expect(play(fake.context, fake.screen, ada, request)).rejects.toMatchObject({ code });
  });

  it('asks before it takes those who watch the channel to its past, and a vote plays the same', async () => {
    runs();
    await play(fake.context, fake.screen, ada, { channelId: mainId(2) });
    fake.screen.viewers.seen('somebody');
    const request = { channelId: mainId(2), from: now };
    const error = await play(fake.context, fake.screen, eve, request).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SwitchQuestion);
    expect(error).toMatchObject({
      question: { onAir: { label: 'TF1' }, wanted: { label: 'TF1 · Journal' }, from: now - 20 * minute },
    });
    const asked = await askRoom(fake.context, fake.screen, eve, {
      ...request,
      insteadOf: mainId(2),
      language: 'en',
    });
    await asked?.vote.motion.play();
    expect(fake.screen.broadcast.status.past).toMatchObject({ title: 'Journal' });
  });
});
