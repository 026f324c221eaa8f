import { afterEach, describe, expect, it, vi } from 'vitest';
import { isOpenedHere, tryReach } from '../../../src/web/setup/reach.ts';

afterEach(() => vi.unstubAllGlobals());

function openedAt(address: string, answer: () => Promise<Response>) {
  vi.stubGlobal('location', new URL(address));
  const asked = vi.fn(answer);
  vi.stubGlobal('fetch', asked);
  return asked;
}

const answers = (json: unknown) => async () => Response.json(json);

describe('a try of an address from the browser', () => {
  it.each([
    ['this process', answers({ instance: 'mine' }), 'reached'],
    ['another process', answers({ instance: 'other' }), 'another'],
    ['another program', answers(null), 'another'],
    ['a web page', async () => new Response('<html>'), 'unreachable'],
    ['nobody', async () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
  ] as const)('that %s answers', async (_who, answer, reach) => {
    const asked = openedAt('http://127.0.0.1:8002/setup', answer);
    expect(await tryReach('http://192.168.1.10:8002', 'mine')).toBe(reach);
    expect(asked).toHaveBeenCalledWith('http://192.168.1.10:8002/reach', expect.anything());
  });

  it('is not made from https to http, which browsers forbid', async () => {
    const asked = openedAt('https://tv.example.org/setup', answers({ instance: 'mine' }));
    expect(await tryReach('http://192.168.1.10:8002', 'mine')).toBe('unknown');
    expect(asked).not.toHaveBeenCalled();
    expect(await tryReach('https://tv.example.org', 'mine')).toBe('reached');
  });
});

it.each([
  ['http://127.0.0.1:8002', true],
  ['http://localhost:8002', true],
  ['http://[::1]:8002', true],
  ['http://192.168.1.10:8002', false],
  ['http://127.example.org', false],
])('%s is opened on the machine itself: %s', (address, isHere) => {
  vi.stubGlobal('location', new URL(address));
  expect(isOpenedHere()).toBe(isHere);
});
