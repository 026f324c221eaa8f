import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

const SECRET = 'the-secret-of-the-edges';
let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

/** What deploy/edge/count-viewers.sh sends. @param late seconds after which the address is over */
function report(payload: unknown, { secret = SECRET, late = 300 } = {}) {
  const expires = Math.floor(fake.clock.now() / 1000) + late;
  const sig = createHash('sha256').update(`viewers ${expires} ${secret}`).digest('hex');
  return fake.app.inject({
    method: 'POST',
    url: `/e/${sig}/${expires}/viewers`,
    headers: { host: 'edge.example', 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  });
}
const statusOf = async () => (await fake.app.inject('/stream_status')).json<{ viewers: number }>();

it('counts the players of edges with those at home', async () => {
  expect((await report({ edge: 'paris', viewers: { live: 12 } })).statusCode).toBe(204);
  await report({ edge: 'oslo', viewers: { live: 3, 'no-such-screen': 7 } });
  await fake.app.inject('/live/index.m3u8');
  expect(fake.screen.viewers.count).toBe(16);
  expect((await statusOf()).viewers).toBe(16);
  await report({ edge: 'paris', viewers: {} });
  expect(fake.screen.viewers.count).toBe(4);
});

it('takes no report that is not signed, forged, over, or good for too long', async () => {
  const prefix = fake.context.edgePrefix.at(fake.clock.now());
  const byPrefix = await fake.app.inject({
    method: 'POST',
    url: `${prefix}/viewers`,
    payload: { edge: 'forged', viewers: { live: 1_000 } },
  });
  const answers = [
    byPrefix,
    await report({ edge: 'forged', viewers: { live: 1_000 } }, { secret: 'another-secret' }),
    await report({ edge: 'forged', viewers: { live: 1_000 } }, { late: -1 }),
    await report({ edge: 'forged', viewers: { live: 1_000 } }, { late: 3_600 }),
  ];
  for (const answer of answers) {
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: 'edge_report_refused' } });
  }
  expect(fake.screen.viewers.count).toBe(0);
});

it('says what is wrong with a report that it cannot read', async () => {
  for (const wrong of [
    {},
    { edge: 'paris' },
    { edge: 'a name\nin two lines', viewers: {} },
    { edge: 'paris', viewers: { live: -1 } },
    { edge: 'paris', viewers: { live: 1.5 } },
    { edge: 'paris', viewers: [] },
  ]) {
    const answer = await report(wrong);
    expect([wrong, answer.statusCode]).toEqual([wrong, 400]);
    expect(answer.json()).toMatchObject({ error: { code: 'bad_request' } });
  }
  expect(fake.screen.viewers.count).toBe(0);
});
