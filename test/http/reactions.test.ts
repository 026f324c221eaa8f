import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReactionCounts } from '../../src/domain/reaction.ts';
import {
  bearer,
  type FakeHttp,
  type FakeHttpOptions,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
let told: ReactionCounts[];
const start = async (options: FakeHttpOptions = {}) => {
  fake = await startFakeHttp(options);
  told = [];
  fake.screen.reactions.subscribe((burst) => told.push(burst));
};
beforeEach(() => start());
afterEach(() => fake.stop());

type Headers = Record<string, string>;
const press = (headers: Headers, payload: object = { emoji: '👏' }) =>
  fake.app.inject({ method: 'POST', url: '/api/reactions', headers, payload });

/** The cookie of a page that somebody has opened. */
async function watching(query = ''): Promise<Headers> {
  const response = await fake.app.inject({ url: `/watch${query}` });
  return { cookie: String(response.headers['set-cookie']).split(';', 1)[0] ?? '' };
}

describe('POST /api/reactions', () => {
  it('accepts it from a page that watches, and tells everybody', async () => {
    const response = await press(await watching());
    expect([response.statusCode, response.body]).toEqual([204, '']);
    await fake.clock.advance(0);
    expect(told).toEqual([{ '👏': 1 }]);
  });

  it('accepts it from people who are logged in, and from scripts', async () => {
    expect((await press(logIn(fake, 'viewer'))).statusCode).toBe(204);
    expect((await press(bearer)).statusCode).toBe(204);
  });

  it.each<[string, FakeHttpOptions, number, string]>([
    ['who does not watch', {}, 403, 'watch_page_only'],
    ['who has no key', { key: true }, 403, 'watch_page_only'],
    ['who is not logged in', { personal: true }, 401, 'log_in_to_watch'],
  ])('refuses %s', async (_who, options, status, code) => {
    await fake.stop();
    await start(options);
    const response = await press({});
    expect([response.statusCode, response.json().error.code]).toEqual([status, code]);
    await fake.clock.advance(1_000);
    expect(told).toEqual([]);
  });

  it('accepts a page that the key has opened, and refuses a page of a person who was shut out', async () => {
    await fake.stop();
    await start({ key: true });
    expect((await press(await watching(`?key=${encodeURIComponent(VIEWER_KEY)}`))).statusCode).toBe(204);
    await fake.stop();
    await start({ personal: true });
    const ada = { id: 'discord:1', name: 'Ada' };
    const session = logIn(fake, 'viewer', ada);
    expect((await press(session)).statusCode).toBe(204);
    fake.context.people.setStanding(ada, 'denied', fake.clock.now());
    expect((await press(session)).statusCode).toBe(401);
  });

  it('refuses another web site', async () => {
    const response = await press({ ...(await watching()), 'sec-fetch-site': 'cross-site' });
    expect(response.json().error.code).toBe('other_site');
  });

  it.each([
    [{ emoji: '💣' }, 'unknown_choice', 'Unknown choice “💣”: choose one of 👏 🔥 😂 😱.'],
    [{ emoji: '👏'.repeat(50) }, 'bad_request', expect.stringContaining('emoji')],
    [{ emoji: 3 }, 'bad_request', expect.stringContaining('emoji')],
    [{}, 'bad_request', expect.stringContaining('emoji')],
  ])('refuses %j with a sentence', async (payload, code, message) => {
    const response = await press({ ...(await watching()), 'accept-language': 'en' }, payload);
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toEqual({ code, message });
  });

  it('limits a person who presses without end, and nobody else', async () => {
    const [ana, bob] = [await watching(), await watching()];
    const codes = [];
    for (let each = 0; each < 12; each += 1) codes.push((await press(ana)).statusCode);
    expect(codes).toEqual([...Array(10).fill(204), 429, 429]);
    expect((await press(bob)).statusCode).toBe(204);
  });

  it('is off where the owner turned it off, and pages know what to offer', async () => {
    const offered = async () => (await fake.app.inject({ url: '/api/info' })).json().reactions;
    expect(await offered()).toEqual(['👏', '🔥', '😂', '😱']);
    await fake.stop();
    await start({ reactions: 'off' });
    expect(await offered()).toEqual([]);
    expect((await press(await watching())).json().error.code).toBe('reactions_off');
  });
});
