import { describe, expect, it } from 'vitest';
import { french, original } from '../../fakes/audio-tracks.ts';
import { type BroadcastBench, makeBroadcast, watchOutcome } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';

/** Channel 1, with two tracks, is on air. */
async function onAir(): Promise<BroadcastBench> {
  const bench = makeBroadcast();
  bench.account.tracks.set(1, [french, original]);
  await bench.onAir(1);
  return bench;
}

const heard = ({ broadcast }: BroadcastBench) => broadcast.status.sound.track?.id ?? null;

describe('the sound of what is on', () => {
  it('is told, with what else there is to hear', async () => {
    const { broadcast } = await onAir();
    expect(broadcast.status.sound).toEqual({ tracks: [french, original], track: french });
    await broadcast.stop();
    expect(broadcast.status.sound).toEqual({ tracks: [], track: null });
  });

  it('is changed on the connection that there is; the old one is heard until then', async () => {
    const bench = await onAir();
    const { broadcast, account, statuses, sources, clock } = bench;
    const { startedAt } = broadcast.status;
    const outcome = watchOutcome(broadcast.chooseAudio(original.id));
    await clock.advance(3_000);
    account.feeds[0]?.deliver(2);
    expect([outcome(), heard(bench)]).toEqual(['pending', french.id]);
    account.last.deliver();
    await settle();
    expect([outcome(), heard(bench)]).toEqual(['done', original.id]);
    expect(account.log).toEqual(['open 1', 'join 1', 'leave 1']);
    expect(sources().slice(-2)).toEqual(['1.0', '1.1']);
    expect(
      statuses.slice(2).every(({ state, channel }) => state === 'live' && channel?.id === mainId(1)),
    ).toBe(true);
    expect(broadcast.status).toMatchObject({ startedAt, restarts: 0 });
  });

  it('stays as it is where the other one does not come, also later', async () => {
    const bench = await onAir();
    const { broadcast, account, sources } = bench;
    const outcome = watchOutcome(broadcast.chooseAudio(original.id));
    await settle();
    account.last.fail('channel_not_video');
    await settle();
    expect([outcome(), heard(bench)]).toEqual(['channel_not_video', french.id]);
    expect(broadcast.status).toMatchObject({ state: 'live', reason: null });
    account.feeds[0]?.deliver();
    expect(sources().at(-1)).toBe('1.0');
    const restarting = broadcast.restart();
    await settle();
    account.last.deliver();
    await restarting;
    expect(heard(bench)).toBe(french.id);
  });

  it('is remembered when the source dies, and when the channel comes on again', async () => {
    const bench = await onAir();
    const { broadcast, account, clock } = bench;
    const choosing = broadcast.chooseAudio(original.id);
    await settle();
    account.last.deliver();
    await choosing;
    account.last.die();
    await clock.advance(100);
    account.last.deliver();
    await settle();
    expect(heard(bench)).toBe(original.id);
    await bench.onAir(2);
    expect(heard(bench)).toBeNull();
    await bench.onAir(1);
    expect(heard(bench)).toBe(original.id);
    const { id, language, isDescription } = original;
    expect(account.audioChoices.all).toEqual([[mainId(1), { id, language, isDescription }]]);
  });

  it('the last choice wins, and a choice gives way to another channel', async () => {
    const bench = await onAir();
    const { broadcast, account } = bench;
    const first = watchOutcome(broadcast.chooseAudio(original.id));
    await settle();
    const second = broadcast.chooseAudio(french.id);
    await settle();
    account.last.deliver();
    await second;
    expect([first(), heard(bench)]).toEqual(['superseded', french.id]);
    const third = watchOutcome(broadcast.chooseAudio(original.id));
    await settle();
    await bench.onAir(2);
    expect(third()).toBe('superseded');
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
    expect(account.open).toEqual([2]);
  });

  it('cannot be what is not there, nor be chosen while a channel is being opened, which goes on', async () => {
    const bench = await onAir();
    const { broadcast, account } = bench;
    await expect(broadcast.chooseAudio(0x1ff)).rejects.toMatchObject({ code: 'audio_not_there' });
    const outcome = watchOutcome(bench.onAir(2));
    await expect(broadcast.chooseAudio(original.id)).rejects.toMatchObject({ code: 'audio_not_there' });
    await settle();
    expect(outcome()).toBe('done');
    await broadcast.stop();
    await expect(broadcast.chooseAudio(french.id)).rejects.toMatchObject({ code: 'audio_not_there' });
    expect(account.open).toEqual([]);
  });

  it('opens nothing where it is what is heard already', async () => {
    const { broadcast, account } = await onAir();
    await broadcast.chooseAudio(french.id);
    expect(account.log).toEqual(['open 1']);
  });
});
