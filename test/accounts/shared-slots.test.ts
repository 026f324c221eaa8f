import { describe, expect, it } from 'vitest';
import { SharedSlots } from '../../src/accounts/shared-slots.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

const username = 'ana';

describe('SharedSlots', () => {
  it.each([
    ['the same address', 'http://panel.example:8080'],
    ['a trailing slash', 'http://panel.example:8080/'],
    ['capital letters', 'http://Panel.Example:8080'],
    ['no scheme', 'panel.example:8080'],
    ['a pasted list', 'http://panel.example:8080/get.php?username=ana&password=secret&type=m3u_plus'],
  ])('gives one limit to a login that is entered twice, with %s', (_what, url) => {
    const shared = new SharedSlots(new FakeClock());
    const slots = shared.of({ url: 'http://panel.example:8080', username });
    expect(shared.of({ url, username })).toBe(slots);
  });

  it.each([
    ['another user name', { url: 'http://panel.example:8080', username: 'ben' }],
    ['another panel', { url: 'http://other.example:8080', username }],
    ['another port', { url: 'http://panel.example:8081', username }],
  ])('gives a limit of its own to %s', (_what, login) => {
    const shared = new SharedSlots(new FakeClock());
    expect(shared.of(login)).not.toBe(shared.of({ url: 'http://panel.example:8080', username }));
  });
});
