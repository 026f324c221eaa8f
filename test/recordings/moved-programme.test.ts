import { describe, expect, it } from 'vitest';
import type { Programme } from '../../src/domain/channel.ts';
import type { Recording } from '../../src/domain/recording.ts';
import { movedTimes } from '../../src/recordings/moved-programme.ts';
import { mainId } from '../fakes/main-id.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** When the programme begins, as the guide first said. */
const at = 100 * HOUR;

const film: Recording = {
  ...{ id: 1, channelId: mainId(1), channelName: 'TF1', title: 'Mon film', start: at - 2 * MINUTE },
  ...{
    stop: at + 2 * HOUR + 5 * MINUTE,
    isFollowing: true,
    isFromArchive: false,
    state: 'planned',
    reason: null,
    holes: [],
  },
  ...{ isProtected: false, file: null, bytes: 0, by: { id: 'discord:1', name: 'Ada' }, createdAt: 0 },
  programme: { title: 'Le Film', start: at, stop: at + 2 * HOUR },
};
const shown = (title: string, from: number, hours = 2, subTitle?: string): Programme => ({
  ...{ title, start: at + from, stop: at + from + hours * HOUR, description: '' },
  ...(subTitle === undefined ? {} : { subTitle }),
});
const moved = (programmes: Programme[], changes: Partial<Recording> = {}, now = at - HOUR) =>
  movedTimes({ ...film, ...changes }, programmes, now);

describe('the times of a recording', () => {
  it('stay while its programme does', () => {
    expect(moved([shown('Journal', -HOUR, 1), shown('Le Film', 0)])).toBeNull();
    expect(moved([])).toBeNull();
  });

  it('that comes from the archive keep their beginning in the past, and stay once it is being read', () => {
    const archived = { isFromArchive: true };
    const later = [shown('Le Film', 10 * MINUTE)];
    const times = { start: at + 8 * MINUTE, stop: at + 2 * HOUR + 15 * MINUTE };
    expect(moved(later, archived, at + HOUR)).toMatchObject(times);
    expect(moved(later, archived, at + 9 * HOUR)).toMatchObject(times);
    expect(moved(later, { ...archived, state: 'recording' }, at + 9 * HOUR)).toBeNull();
  });

  it('move with its programme, with the same margins, however it is written', () => {
    expect(moved([shown('Match', 0, 0.5), shown('LE FILM ', 30 * MINUTE, 2.5)])).toEqual({
      start: at + 28 * MINUTE,
      stop: at + 3 * HOUR + 5 * MINUTE,
      programme: { title: 'Le Film', start: at + 30 * MINUTE, stop: at + 3 * HOUR },
    });
  });

  it('follow to the nearest one of that title, and to the same episode', () => {
    const [near, far] = [shown('Le Film', HOUR, 1, 'B'), shown('Le Film', -2 * HOUR, 1, 'A')];
    expect(moved([far, near])?.programme.start).toBe(near.start);
    const programme = { title: 'Le Film', start: at, stop: at + HOUR, subTitle: 'A' };
    expect(moved([far, near], { programme })?.programme.start).toBe(far.start);
  });

  it('follow no other programme, and none that is more than three hours away', () => {
    expect(moved([shown('Le Film 2', 0), shown('Le Film', 3 * HOUR + 1)])).toBeNull();
  });

  it('keep the beginning of what runs, and follow the end', () => {
    const running = { state: 'recording' } as const;
    expect(moved([shown('Le Film', 10 * MINUTE, 3)], running, at + HOUR)).toMatchObject({
      start: film.start,
      stop: at + 3 * HOUR + 15 * MINUTE,
    });
    // A guide that forgets what runs ends nothing.
    expect(moved([shown('Le Film', -2 * HOUR, 1)], running, at + HOUR)).toBeNull();
  });

  it('follow nothing once they were chosen by hand, or when it is over', () => {
    const later = [shown('Le Film', HOUR)];
    expect(moved(later, { isFollowing: false })).toBeNull();
    expect(moved(later, { programme: null })).toBeNull();
    expect(moved(later, { state: 'done' })).toBeNull();
  });
});
