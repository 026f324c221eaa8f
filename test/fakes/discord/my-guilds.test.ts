import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, ids, problems, type Scene, startScene } from './scene.ts';

const second = '200000000000000002';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    guilds: [
      { id: second, name: 'Attic', channels: [] },
      { id: ids.guild, name: 'Living room', channels: [] },
    ],
  });
});
afterAll(() => scene.fake.stop());

const list = async (query: string) => {
  const { json } = await call(scene.fake, 'GET', `/users/@me/guilds${query}`);
  return (json as unknown as { id: string }[]).map(({ id }) => id);
};

describe('GET /users/@me/guilds', () => {
  it('gives pages of the bot’s servers by id', async () => {
    expect(await list('')).toEqual([ids.guild, second]);
    expect(await list('?limit=1')).toEqual([ids.guild]);
    expect(await list(`?after=${ids.guild}`)).toEqual([second]);
    expect(await list(`?before=${second}`)).toEqual([ids.guild]);
    const invite = scene.fake.kickBot(second);
    expect(await list('')).toEqual([ids.guild]);
    invite();
    expect(scene.fake.violations).toEqual([]);
  });

  it.each([
    ['?limit=0', 'limit[NUMBER_TYPE_MIN]'],
    ['?limit=201', 'limit[NUMBER_TYPE_MAX]'],
    ['?limit=all', 'limit[NUMBER_TYPE_COERCE]'],
    ['?after=Attic', 'after[NUMBER_TYPE_COERCE]'],
  ])('refuses %s', async (query, problem) => {
    const { status, json } = await call(scene.fake, 'GET', `/users/@me/guilds${query}`);
    expect([status, json.code, problems(json.errors)]).toEqual([400, 50_035, [problem]]);
  });
});
