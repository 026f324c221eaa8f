import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GuideWriter } from '../../src/catalogue/guide/guide-writer.ts';
import { channelsOf } from '../commands/asking.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

const HOUR = 3_600_000;
const TF1 = ['FR| TF1 FHD', 'FR| TF1 SD'];
const SPORT = 'FR| BEIN SPORTS 1';

let directory: string;
let fake: FakeHttp;
let admin: { cookie: string };
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zapette-guide-'));
  const guideFile = join(directory, 'guide.db');
  const writer = new GuideWriter(guideFile);
  const now = new FakeClock().now();
  for (const [key, name] of [
    ['tf1.fr', 'TF1'],
    ['tf1series.fr', 'TF1 Séries Films'],
    ['bein1.fr', 'beIN Sport 1 France'],
  ] as const) {
    writer.addChannel({ key, names: [name] });
    const on = { title: `On ${key}`, description: '', start: now - HOUR, stop: now + HOUR };
    const texts = ['fr', 'en'].map((language) => ({
      language,
      title: `${language} ${key}`,
      description: '',
    }));
    writer.add({ channel: key, ...on, details: key === 'tf1.fr' ? { texts } : null });
  }
  writer.finish(now);
  fake = await startFakeHttp({ channels: channelsOf([...TF1, SPORT]), guideFile });
  admin = logIn(fake, 'admin');
});
afterEach(async () => {
  await fake.stop();
  await rm(directory, { recursive: true });
});

const ask = async (channel: number, q = '') =>
  (await fake.app.inject({ url: `/api/guide/match?channel=${channel}&q=${q}`, headers: admin })).json();
const choose = (channel_id: number, guide_id: string | null, headers = admin) =>
  fake.app.inject({ method: 'PUT', url: '/api/guide/match', headers, payload: { channel_id, guide_id } });
const onNow = async (id: number) =>
  (await fake.app.inject({ url: `/api/guide?ids=${id}`, headers: admin })).json().items[0]?.programmes[0]
    ?.title;
const idsOf = (answer: { candidates: { guide_id: string }[] }) =>
  answer.candidates.map(({ guide_id }) => guide_id);

describe('the guide of a channel at /api/guide/match', () => {
  it('is told with how sure it is, what is on there, and the most similar ones', async () => {
    const answer = await ask(1);
    expect(answer).toMatchObject({
      match: { guide_id: 'tf1.fr', name: 'TF1', confidence: 0.9, by: 'name', now: { title: 'en tf1.fr' } },
      is_chosen: false,
    });
    expect(idsOf(answer).slice(0, 2)).toEqual(['tf1.fr', 'tf1series.fr']);
    expect(await ask(3)).toMatchObject({ match: null, candidates: [{ guide_id: 'bein1.fr' }] });
    expect(idsOf(await ask(3, 'tf1%20serie'))[0]).toBe('tf1series.fr');
  });

  it('is chosen for all variants, and given back', async () => {
    expect(await onNow(3)).toBeUndefined();
    expect((await choose(3, 'BEIN1.fr')).statusCode).toBe(204);
    expect(await onNow(3)).toBe('On bein1.fr');
    expect(await ask(3)).toMatchObject({ match: { by: 'hand', confidence: 1 }, is_chosen: true });

    await choose(1, 'tf1series.fr');
    expect([await onNow(1), await onNow(2)]).toEqual(['On tf1series.fr', 'On tf1series.fr']);
    await choose(2, 'none');
    expect([await onNow(1), await onNow(2)]).toEqual([undefined, undefined]);
    expect(await ask(1)).toMatchObject({ match: null, is_chosen: true });
    await choose(1, null);
    expect([await onNow(1), await onNow(2)]).toEqual(['en tf1.fr', 'en tf1.fr']);
    const [last] = fake.context.audit.list(1);
    expect([last?.action, last?.detail]).toEqual(['guide_chosen', 'TF1: automatic']);
  });

  it('has the asker’s language where it has several', async () => {
    const inLanguage = async (language: string) =>
      (
        await fake.app.inject({ url: '/api/guide?ids=1', headers: { ...admin, 'accept-language': language } })
      ).json().items[0].programmes[0].title;
    expect([await inLanguage('fr'), await inLanguage('en')]).toEqual(['fr tf1.fr', 'en tf1.fr']);
  });

  it('is refused for a guide or a channel that there is not, and to others than admins', async () => {
    expect((await choose(1, 'nonsense')).statusCode).toBe(404);
    expect((await choose(99, 'tf1.fr')).json().error.code).toBe('channel_gone');
    const viewer = logIn(fake, 'controller');
    expect((await choose(1, 'none', viewer)).statusCode).toBe(403);
    const question = await fake.app.inject({ url: '/api/guide/match?channel=1', headers: viewer });
    expect(question.statusCode).toBe(403);
  });
});
