import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../fakes/fake-clock.ts';
import { bearer, type FakeHttp, someChannels, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { Origin, silence } from '../fakes/origin.ts';
import { ada, ask, labelsOf, press, textOf } from './asking.ts';

const HOUR = 3_600_000;
let fake: FakeHttp;
let origin: Origin;

/** TF1 is recorded over the only connection. @param archiveDays of each channel. */
async function start(archiveDays: number): Promise<void> {
  fake = await startFakeHttp({ origin, channels: someChannels.map((each) => ({ ...each, archiveDays })) });
  const now = fake.clock.now();
  const { id } = fake.context.recordings.plan(
    {
      channel: { channelId: mainId(1), channelName: 'TF1 HD' },
      ...{ title: 'Film', start: now, stop: now + HOUR, programme: null, isFollowing: false },
    },
    ada,
  );
  fake.storedRecordings.change(id, { state: 'recording' });
  const wish = { channelId: mainId(1), name: 'TF1 HD' };
  // It stays open while the provider says nothing.
  fake.context.tuners.acquire(wish, 'recording', new AbortController().signal).catch(() => {});
  await settle();
}
beforeEach(async () => {
  origin = await new Origin().start();
  origin.answer(silence());
});
afterEach(async () => {
  await fake.stop();
  await origin.stop();
});

const onAir = () => fake.screen.broadcast.status.channel?.id;
const recording = () => fake.context.recordings.all()[0];

describe('/play of a channel that would take the connection of a recording', () => {
  it('asks first, whatever the role, and switches after a yes', async () => {
    await start(0);
    const question = await ask(fake, '/play arte');
    expect(textOf(question)).toBe(
      `This would interrupt the recording of “Film”, which runs until ${fake.clock.now() + HOUR}. Switch to Arte?`,
    );
    expect(labelsOf(question)).toEqual(['Switch anyway', 'Cancel']);
    expect(onAir()).toBeUndefined();
    expect(textOf(await press(fake, question, 'Cancel'))).toBe('Nothing changes.');
    await press(fake, question, 'Switch anyway');
    expect([onAir(), recording()?.isFromArchive]).toEqual([mainId(3), false]);
  });

  it('offers the archive afterwards, where there is one', async () => {
    await start(3);
    const question = await ask(fake, '/play arte');
    await press(fake, question, 'Switch, and record from the archive afterwards');
    expect(onAir()).toBe(mainId(3));
    expect(recording()).toMatchObject({ isFromArchive: true, state: 'planned' });
  });

  it('does not ask for the channel that is recorded, nor about a recording that waits', async () => {
    await start(0);
    await ask(fake, '/play tf1');
    expect(onAir()).toBe(mainId(1));
    fake.storedRecordings.change(recording()?.id ?? 0, { state: 'done' });
    await ask(fake, '/play arte');
    expect(onAir()).toBe(mainId(3));
  });
});

describe('POST /set_active_stream that would interrupt a recording', () => {
  const post = (payload: object) =>
    fake.app.inject({ method: 'POST', url: '/set_active_stream', headers: bearer, payload });

  it('answers with the question, and takes a confirmation for that recording alone', async () => {
    await start(3);
    const { id } = recording() ?? { id: 0 };
    const asked = await post({ channel_id: 3 });
    expect([asked.statusCode, asked.json().error]).toEqual([
      409,
      {
        code: 'interrupts_recording',
        message: expect.stringContaining('This would interrupt the recording of “Film”'),
        ...{ viewers: 0, channel: null, asked_by: null },
        wanted: { id: 3, name: 'Arte', label: 'Arte' },
        interrupts: {
          id,
          title: 'Film',
          stop: new Date(fake.clock.now() + HOUR).toISOString(),
          archived: true,
        },
      },
    ]);
    expect((await post({ channel_id: 3, confirm: true, interrupting: id + 1 })).statusCode).toBe(409);
    const wish = { channel_id: 3, confirm: true, interrupting: id, record_afterwards: true };
    expect((await post(wish)).statusCode).toBe(200);
    expect(recording()?.isFromArchive).toBe(true);
  });

  it('takes a confirmation of everything', async () => {
    await start(0);
    expect((await post({ channel_id: 3, confirm: true })).statusCode).toBe(200);
  });
});
