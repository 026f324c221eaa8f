import { describe, expect, it } from 'vitest';
import { reordered } from '../../src/lib/reordered.ts';
import { archiveUrl, firstOrder, orderAt } from '../../src/xtream/archive-forms.ts';
import { panelZone, utc } from '../../src/xtream/panel-zone.ts';

const account = { baseUrl: 'http://panel.example:8080/iptv/', username: 'us er', password: 'p/w' };
const paris = panelZone({
  server_info: { timezone: 'Europe/Paris', timestamp_now: null, time_now: null },
});
const summer = Date.UTC(2026, 6, 1, 18, 45, 30);
const urls = (span = { from: summer, to: summer + 60 * 60_000 }) =>
  firstOrder.map((form) =>
    archiveUrl(account, form, { streamId: '7', span, zone: paris }).replace(
      'http://panel.example:8080/iptv',
      '',
    ),
  );

describe('the addresses of a past programme', () => {
  it('are whole minutes in the panel’s time, without a time zone first and with a query last', () => {
    const path = '/timeshift/us%20er/p%2Fw/61';
    const query = '/streaming/timeshift.php?username=us%20er&password=p%2Fw&stream=7&start=';
    expect(urls()).toEqual([
      `${path}/${Date.UTC(2026, 6, 1, 18, 45) / 1000}/7.ts`,
      `${path}/2026-07-01:20-45/7.ts`,
      `${path}/2026-07-01_20-45/7.ts`,
      `${path}/2026-07-01:20:45:00/7.ts`,
      `${query}2026-07-01_20-45&duration=61`,
      `${query}2026-07-01%2020%3A45%3A00&duration=61`,
      `${query}2026-07-01%3A20-45&duration=61`,
      `${query}2026-07-01%3A20%3A45%3A00&duration=61`,
    ]);
  });

  it('have the offset of that day, not of today', () => {
    const winter = Date.UTC(2026, 0, 1, 23, 30);
    expect(urls({ from: winter, to: winter + 60_000 })[1]).toContain('/1/2026-01-02:00-30/');
  });

  it('begin with the one that has worked, but for the hour that comes twice', () => {
    const order = reordered(firstOrder, 3, 'first');
    expect(order.slice(0, 3)).toEqual([3, 0, 1]);
    expect(reordered(order, 3, 'last').at(-1)).toBe(3);
    const twice = Date.UTC(2026, 9, 25, 0, 30);
    expect(orderAt(order, paris, twice)[0]).toBe(0);
    expect([orderAt(order, paris, summer)[0], orderAt(order, utc, twice)[0]]).toEqual([3, 3]);
  });
});
