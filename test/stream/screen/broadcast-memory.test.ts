import { describe, expect, it } from 'vitest';
import { mainAccount } from '../../../src/domain/ids.ts';
import {
  type BroadcastMemory,
  beginAgain,
  broadcastMemorySchema,
  fromStored,
  SAVE_EVERY,
  toStored,
} from '../../../src/stream/screen/broadcast-memory.ts';

const epoch = Date.UTC(2026, 0, 1);
const numbers = { savedAt: epoch, sequence: epoch / 1000, discontinuitySequence: 9, position: 1234.5 };
const at = (time: number) => ({ now: () => time });

describe('a stored memory', () => {
  const track = { id: 2, language: 'fr', isDescription: false };
  const stored = (channelId: number | string) => ({
    ...numbers,
    programme: { channelId, name: 'TF1', askedBy: null, startedAt: 1 },
    audioChoices: [[channelId, track]] satisfies [number | string, typeof track][],
  });

  it.each([
    [7, 'main:7'],
    ['second:7', 'second:7'],
  ])('names channels as version 0.2 does, by number, where the account has them: %j', (given, id) => {
    const memory = fromStored(broadcastMemorySchema.parse(stored(given)), { id: mainAccount });
    expect(memory.item?.channelId).toBe(id);
    expect(memory.audioChoices).toEqual([[id, track]]);
    expect(toStored(memory, { id: mainAccount })).toEqual(stored(given));
  });

  it('goes without a channel whose id is none, and keeps its numbers', () => {
    const memory = fromStored(broadcastMemorySchema.parse(stored('nonsense')), { id: mainAccount });
    expect(memory).toMatchObject({ sequence: numbers.sequence, item: null, audioChoices: [] });
  });
});

describe('beginAgain', () => {
  it("begins with the epoch's seconds without a memory", () => {
    expect(beginAgain(null, [], 0, at(epoch + 999))).toEqual({
      numbering: { sequence: epoch / 1000, discontinuitySequence: 0 },
      position: 10,
      goesOn: false,
    });
  });

  it.each([0, 1, 900, 5_000, 60_000, 86_400_000])(
    'goes on beyond every number that can have been used in %i ms',
    (elapsed) => {
      const memory = remembered({ sequence: 3_000_000_000 });
      const { numbering, position } = beginAgain(memory, [], 0, at(epoch + elapsed));
      // Saved every few seconds, segments of half a second: more cannot have been published since.
      const published = (2 * Math.min(elapsed, SAVE_EVERY)) / 1000;
      expect(numbering.sequence).toBeGreaterThan(memory.sequence + published);
      expect(numbering.discontinuitySequence).toBeGreaterThan(memory.discontinuitySequence + published);
      expect(position).toBeGreaterThan(memory.position + elapsed / 1000);
    },
  );

  it('goes on without a gap behind the window that was saved with the memory, and behind no other', () => {
    const memory = remembered({ sequence: 3_000_000_002, discontinuitySequence: 7 });
    const segment = (sequence: number, discontinuity: boolean) => ({
      sequence,
      discontinuity,
      duration: 2,
      independent: true,
      programDateTime: epoch,
    });
    const window = [segment(3_000_000_000, true), segment(3_000_000_001, false)];
    expect(beginAgain(memory, window, 0, at(epoch + 4_000))).toEqual({
      numbering: { sequence: 3_000_000_002, discontinuitySequence: 6 },
      position: memory.position,
      goesOn: true,
    });
    expect(beginAgain(memory, window.slice(0, 1), 0, at(epoch)).goesOn).toBe(false);
  });

  it("takes the epoch's seconds if the memory is behind them", () => {
    const { numbering } = beginAgain(remembered({ sequence: 5 }), [], 0, at(epoch));
    expect(numbering.sequence).toBe(epoch / 1000);
  });

  it('never goes back if the clock was put back', () => {
    const memory = remembered({ sequence: 3_000_000_000 });
    const { numbering, position } = beginAgain(memory, [], 0, at(epoch - 3_600_000));
    expect(numbering.sequence).toBeGreaterThan(memory.sequence);
    expect(position).toBeGreaterThan(memory.position);
  });

  it('allows for every segment since the last save if the clock was put back', () => {
    const memory = remembered({ sequence: 3_000_000_000 });
    const { numbering } = beginAgain(memory, [], 0, at(epoch - 3_600_000));
    expect(numbering.sequence).toBeGreaterThan(memory.sequence + (2 * SAVE_EVERY) / 1000);
  });
});

function remembered(change: Partial<BroadcastMemory>): BroadcastMemory {
  return { ...numbers, item: null, ...change };
}
