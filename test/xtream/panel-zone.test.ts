import { describe, expect, it } from 'vitest';
import { comesTwice, panelZone } from '../../src/xtream/panel-zone.ts';

const HOUR = 3_600_000;
const summer = Date.UTC(2026, 6, 1, 12);
const winter = Date.UTC(2026, 11, 1, 12);

/** @param wall the panel's clock; null for none. */
function zoneOf(timezone: string | null, now: number, wall: string | null) {
  return panelZone({
    server_info: { timezone, timestamp_now: wall === null ? null : now / 1000, time_now: wall },
  });
}

describe('the time zone of a panel', () => {
  it.each([
    ['the named zone, which agrees', 'Europe/Paris', '2026-07-01 14:00:07', 2, 1],
    ['its clock, where it names none', null, '2026-07-01 14:00:00', 2, 2],
    ['its clock, where the name is wrong', 'Europe/London', '2026-07-01 14:00:00', 2, 2],
    ['its clock, where the name is none', 'Moon/Base', '2026-07-01 17:30:00', 5.5, 5.5],
    ['the name, where it has no clock', 'Europe/Paris', null, 2, 1],
    ['UTC, where nothing is known', null, null, 0, 0],
    ['a zone west of Greenwich', 'America/New_York', '2026-07-01 08:00:00', -4, -5],
  ])('is %s', (_, timezone, wall, inSummer, inWinter) => {
    const zone = zoneOf(timezone, summer, wall);
    expect([zone(summer) / HOUR, zone(winter) / HOUR]).toEqual([inSummer, inWinter]);
  });

  it('knows both nights in which the clocks change', () => {
    const paris = zoneOf('Europe/Paris', summer, '2026-07-01 14:00:00');
    const [spring, autumn] = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)];
    expect([spring - 1, spring].map((at) => paris(at) / HOUR)).toEqual([1, 2]);
    expect([autumn - 1, autumn].map((at) => paris(at) / HOUR)).toEqual([2, 1]);
    const hours = [-2, -1, 0, 1].map((hour) => comesTwice(paris, autumn + hour * HOUR + 1));
    expect(hours).toEqual([false, true, true, false]);
    expect([-1, 0].map((hour) => comesTwice(paris, spring + hour * HOUR))).toEqual([false, false]);
  });
});
