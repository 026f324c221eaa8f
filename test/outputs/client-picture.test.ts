import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

const SECRET = 'http://panel.example';
let fake: FakeHttp;
let base: string;
beforeEach(async () => {
  fake = await startFakeHttp({ settings: { OUTPUT_CHANNELS: 'all' } });
  base = `/t/${fake.context.clients.make('Kodi', 'kodi', owner).token}`;
  await fake.context.lineUp.settled();
});
afterEach(() => fake.stop());

const numberOf = (name: string) => fake.context.lineUp.entries().find((each) => each.name === name)?.number;
const ask = (path: string) => fake.app.inject({ method: 'GET', url: base + path });

describe('/t/<token>/picture/<number>/<start>', () => {
  it('is the picture of a programme, by our own hand', async () => {
    const start = Math.floor(fake.clock.now() / 1000) * 1000;
    const times = { start, stop: start + 3_600_000 };
    fake.guide.push({ title: 'Journal', description: '', ...times, icon: `${SECRET}/user/pass/1.png` });
    fake.web
      .get(SECRET)
      .intercept({ path: '/user/pass/1.png' })
      .reply(200, Buffer.from('a picture'), { headers: { 'content-type': 'image/png' } });
    const answer = await ask(`/picture/${numberOf('TF1')}/${start / 1000}`);
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      200,
      'image/png',
      'a picture',
    ]);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each([
    ['of a programme that is not there', () => `/picture/${numberOf('TF1')}/5`],
    ['of a channel that is not there', () => '/picture/98765/5'],
    ['of a screen', () => '/picture/1/5'],
    ['at no time', () => `/picture/${numberOf('TF1')}/NaN`],
    ['at a time beyond all', () => `/picture/${numberOf('TF1')}/1e300`],
  ])('is not found %s', async (_, path) => {
    expect((await ask(path())).statusCode).toBe(404);
  });
});
