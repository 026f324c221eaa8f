import { expect, it } from 'vitest';
import type { Recording } from '../../src/domain/recording.ts';
import { recentTrouble } from '../../src/recordings/recent-trouble.ts';

const DAY = 24 * 3_600_000;
const now = 100 * DAY;
const ended = (
  state: Recording['state'],
  daysAgo: number,
  code?: 'no_slot' | 'channel_dead',
  title = '',
) => ({
  ...{ state, stop: now - daysAgo * DAY },
  reason: code ? { code, params: { title } } : null,
});

it('counts what has ended in the last days, and finds the commonest reason, as it was last', () => {
  expect(
    recentTrouble(
      [
        ended('failed', 8, 'channel_dead'),
        ended('failed', 6, 'no_slot', 'first'),
        ended('incomplete', 5, 'channel_dead'),
        ended('incomplete', 4, 'no_slot', 'last'),
        ended('done', 3),
        ended('planned', -1),
        ended('recording', 0, 'channel_dead'),
      ],
      now,
    ),
  ).toEqual({
    complete: 1,
    incomplete: 2,
    failed: 1,
    reason: { code: 'no_slot', params: { title: 'last' } },
  });
  expect(recentTrouble([], now)).toEqual({ complete: 0, incomplete: 0, failed: 0, reason: null });
});
