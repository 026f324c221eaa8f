import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

const password = "p@ss w/örd+%'";
let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const get = (url: string, language = 'en') =>
  fake.app.inject({ url, headers: { ...bearer, 'accept-language': language } });

interface Finding {
  readonly subject: string;
  readonly mark: string;
  readonly topic: string;
  readonly text: string;
}

describe('GET /api/doctor', () => {
  it('gives the findings of /doctor, except those about a chat', async () => {
    const actor: Actor = { platform: 'discord', id: 'discord:1', name: 'Ada', role: 'admin', language: 'en' };
    const place = { id: 'discord:7', platform: 'discord', language: 'en', isPrivate: true } as const;
    const reply = await execute(registry, fake.context, { actor, place }, { command: 'doctor', values: [] });
    const { summary, items } = (await get('/api/doctor')).json<{ summary: string; items: Finding[] }>();
    const [first, ...lines] = reply.lines;
    expect([summary]).toEqual(first);
    const marks: Record<string, string> = { good: '✔ ', warning: '⚠ ', bad: '✖ ' };
    expect(items.map(({ mark, topic, text }) => [marks[mark], { bold: topic }, ` ${text}`])).toEqual(
      lines.filter((line) => !JSON.stringify(line).includes('My rights here')),
    );
  });

  it('answers in the asker’s language, with the subject of each finding', async () => {
    const { items } = (await get('/api/doctor', 'fr')).json<{ items: Finding[] }>();
    expect(items.find(({ subject }) => subject === 'account')).toMatchObject({
      mark: 'good',
      topic: 'Compte',
      text: 'bon, 1 connexion',
    });
    expect(items.find(({ subject }) => subject === 'telegram')).toMatchObject({ text: 'activé' });
  });
});

describe('GET /api/log', () => {
  const texts = async (query = '') =>
    (await get(`/api/log${query}`)).json<{ items: { text: string }[] }>().items.map(({ text }) => text);

  it('gives the log lines, or those after an id', async () => {
    fake.context.logger.info({ channelId: 5 }, 'opened');
    const { items } = (await get('/api/log')).json();
    expect(items.at(-1)).toEqual({
      id: fake.context.logTail.lastId,
      at: new Date(fake.clock.now()).toISOString(),
      level: 'info',
      text: 'opened {"channelId":5}',
    });
    fake.context.logger.info('closed');
    expect(await texts(`?after=${items.at(-1).id}`)).toEqual(['closed']);
  });

  it('leaves out lower levels', async () => {
    fake.context.logger.info('all is well');
    fake.context.logger.error('all is lost');
    expect(await texts('?level=warn')).toEqual(['all is lost']);
    expect((await get('/api/log?level=loud')).statusCode).toBe(400);
  });

  it('never contains a secret in any spelling', async () => {
    fake.secrets.add(password);
    const url = `http://panel.example/live/alice/${encodeURIComponent(password)}/1.ts`;
    const err = new Error(`refused: ${url}`, { cause: new Error(password) });
    fake.context.logger
      .child({ url })
      .error({ err, deep: [{ query: new URLSearchParams({ password }) }] }, url);
    const { body } = await get('/api/log');
    expect(body).toContain('refused');
    expect(body).not.toMatch(/rd\+%|%C3%B6rd|w\/\u00f6rd|w\/örd/i);
  });
});
