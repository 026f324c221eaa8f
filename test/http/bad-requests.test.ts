import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeAll(async () => {
  fake = await startFakeHttp();
});
afterAll(() => fake.stop());

const ask = (payload: object | string, language: string, type = 'application/json') =>
  fake.app.inject({
    ...{ method: 'POST', url: '/api/recordings', payload },
    headers: { ...bearer, 'accept-language': language, 'content-type': type },
  });

describe('a request that cannot be read', () => {
  it.each([
    [{}, 'channel_id must be the number of a channel, or its id'],
    [
      { channel_id: 1, stop: true },
      'stop must be a time, in ISO 8601 with its zone or in seconds since 1970',
    ],
    [{ channel_id: 1, title: 5 }, 'title must be a text'],
    [{ channel_id: 1, title: 'x'.repeat(501) }, 'title may have 500 characters at most'],
    [{ channel_id: 1, from_archive: 'yes' }, 'from_archive must be true or false'],
    ['[]', 'the body must be an object (JSON)'],
    ['{', 'the body must be JSON, with the header Content-Type: application/json'],
  ])('says what is wrong with %j, in the words of the texts', async (payload, detail) => {
    const answer = await ask(payload, 'en');
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toEqual({
      code: 'bad_request',
      message: `The request is not valid: ${detail}.`,
    });
  });

  it.each([
    [{ channel_id: 1, title: 5 }, 'title doit être un texte'],
    ['{', 'le corps doit être du JSON, avec l’en-tête Content-Type: application/json'],
  ])('does so in French for %j', async (payload, detail) => {
    expect((await ask(payload, 'fr')).json().error.message).toContain(`\u00a0: ${detail}.`);
  });

  it.each([
    ['text/csv', 'a', 'the body must be JSON'],
    ['application/json', `"${'x'.repeat(2_000_000)}"`, 'the body is too large'],
  ])('tells of a body of %s', async (type, payload, detail) => {
    const answer = await ask(payload, 'en', type);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).toContain(detail);
  });

  it.each([
    ['POST', '/api/recording-rules', {}, 'title is missing'],
    [
      'POST',
      '/api/recording-rules',
      { title: 'News', match: 'like' },
      'match must be one of these: exact, words',
    ],
    ['PATCH', '/api/recordings/1', { more_minutes: 1e9 }, 'more_minutes may be 1440 at most'],
    ['PATCH', '/api/recordings/1.5', {}, 'id must be a whole number'],
    ['GET', '/api/past/thumbnail?at=abc', undefined, 'at must be a number'],
    ['GET', '/api/guide?ids=x,y', undefined, 'ids must be channel ids, separated by commas'],
    [
      ...(['GET', '/api/guide?ids=1&from=2026-01-01T00:00:00Z', undefined] as const),
      'from and to come together; to must be after from, by a day at most',
    ],
  ] as const)('tells of %s %s', async (method, url, payload, detail) => {
    const answer = await fake.app.inject({ method, url, headers: bearer, ...(payload ? { payload } : {}) });
    expect(answer.json().error.message).toBe(`The request is not valid: ${detail}.`);
  });
});
