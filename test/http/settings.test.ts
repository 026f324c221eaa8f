import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

const password = "p@ss w/örd+%'";
let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({
    settings: {
      XTREAM_URL: 'http://panel.example',
      XTREAM_USERNAME: 'alice-of-tests',
      XTREAM_PASSWORD: password,
      TELEGRAM_TOKEN: '42:telegram-token',
      IDLE_STOP_MINUTES: '30',
    },
  });
});
afterEach(() => fake.stop());

interface Answer {
  readonly items: readonly Readonly<Record<string, unknown> & { name: string }>[];
  readonly can_undo: boolean;
}
interface Refusal {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly problems: readonly { readonly name: string; readonly message: string }[];
  };
}

const ask = (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, language = 'en') =>
  fake.app.inject({
    ...{ method, url, headers: { ...bearer, 'accept-language': language } },
    ...(payload ? { payload } : {}),
  });
const list = async (language = 'en') =>
  (await ask('GET', '/api/settings', undefined, language)).json<Answer>();
const change = (changes: Readonly<Record<string, unknown>>, language = 'en') =>
  ask('PUT', '/api/settings', { changes }, language);
const setting = ({ items }: Answer, name: string) => items.find((each) => each.name === name);
const refused = async (changes: Readonly<Record<string, unknown>>, language = 'en') => {
  const response = await change(changes, language);
  expect(response.statusCode).toBe(400);
  return response.json<Refusal>().error;
};

describe('GET /api/settings', () => {
  it('says which names in the environment look misspelt, in the asker’s language', async () => {
    const other = await startFakeHttp({ settings: { VIEWER_ACESS: 'key' } });
    const answer = await other.app.inject({
      url: '/api/settings',
      headers: { ...bearer, 'accept-language': 'fr' },
    });
    expect(answer.json().notices).toEqual([expect.stringMatching(/VIEWER_ACESS.*VIEWER_ACCESS/)]);
    await other.stop();
  });

  it('gives every setting with its value and where it comes from', async () => {
    const answer = await list();
    expect(answer.can_undo).toBe(false);
    expect(setting(answer, 'PORT')).toEqual({
      ...{ name: 'PORT', group: 'server', group_title: 'The server', meaning: 'Port to listen on.' },
      ...{ kind: 'number', choices: [], value: '8002', default_value: '8002', applies: 'at_once' },
      ...{ is_set: false, is_hidden: false, source: 'default', needs_restart: false },
    });
    expect(setting(answer, 'IDLE_STOP_MINUTES')).toMatchObject({
      ...{ value: '30', default_value: '15', is_set: true, source: 'environment' },
    });
    expect(setting(answer, 'ETIQUETTE')).toMatchObject({
      ...{ kind: 'choice', choices: ['free', 'polite', 'controllers'], value: 'polite' },
    });
  });

  it('speaks the asker’s language', async () => {
    expect(setting(await list('fr'), 'PORT')).toMatchObject({
      ...{ group_title: 'Le serveur', meaning: 'Port d’écoute.' },
    });
  });

  it('gives no secret', async () => {
    const { body } = await ask('GET', '/api/settings');
    expect(setting(JSON.parse(body), 'XTREAM_URL')).toMatchObject({
      ...{ kind: 'secret', value: null, is_set: true, is_hidden: true },
    });
    for (const secret of ['panel.example', 'alice-of-tests', password, 'telegram-token'])
      expect(body).not.toContain(secret);
  });
});

describe('PUT /api/settings', () => {
  it('changes settings and gives them all', async () => {
    const response = await change({ PUBLIC_URL: ' tv.example.org ', PORT: 8003, LOG_LEVEL: 'debug' });
    expect(response.statusCode).toBe(200);
    const answer = response.json<Answer>();
    expect(answer).toEqual(await list());
    expect(answer.can_undo).toBe(true);
    expect(setting(answer, 'PUBLIC_URL')).toMatchObject({ value: 'https://tv.example.org', source: 'page' });
    expect(setting(answer, 'PORT')).toMatchObject({ value: '8003', is_set: true, needs_restart: false });
    expect(setting(answer, 'LOG_LEVEL')).toMatchObject({ needs_restart: true });
  });

  it('goes back to the default with null', async () => {
    await change({ PORT: 8003 });
    const answer = (await change({ PORT: null })).json<Answer>();
    expect(setting(answer, 'PORT')).toMatchObject({ value: '8002', is_set: false, source: 'default' });
  });

  it('keeps a new secret to itself', async () => {
    const response = await change({ DISCORD_TOKEN: 'discord-token' });
    expect(response.body).not.toContain('discord-token');
    expect(setting(response.json(), 'DISCORD_TOKEN')).toMatchObject({ value: null, is_set: true });
  });

  it('changes all or nothing, and says what is wrong with each in the asker’s language', async () => {
    const changes = { PORT: 'eighty', AUDIO: 'mp3', REACTIONS: 'room' };
    expect(await refused(changes)).toEqual({
      code: 'settings_wrong',
      message: 'Nothing was changed. Correct these settings first: PORT, AUDIO.',
      problems: [
        { name: 'PORT', message: 'PORT must be a whole number from 0 to 65535.' },
        { name: 'AUDIO', message: 'AUDIO must be one of auto, aac, copy.' },
      ],
    });
    expect(await refused(changes, 'fr')).toMatchObject({
      message: 'Rien n’a été changé. Corrigez d’abord ces réglages\u00a0: PORT, AUDIO.',
      problems: [
        { message: 'PORT doit être un nombre entier de 0 à 65535.' },
        { message: 'AUDIO doit être l’une de ces valeurs\u00a0: auto, aac, copy.' },
      ],
    });
    const answer = await list();
    expect(setting(answer, 'REACTIONS')).toMatchObject({ value: 'watch' });
    expect(answer.can_undo).toBe(false);
  });

  it.each([
    [{ PUBLC_URL: 'x' }, 'There is no setting PUBLC_URL: did you mean PUBLIC_URL?'],
    [{ port: '1' }, 'There is no setting port: did you mean PORT?'],
    [{ constructor: '1' }, 'There is no setting constructor: .env.example lists all settings.'],
    [{ IDLE_STOP_MINUTES: '5' }, /^The environment or \.env decides IDLE_STOP_MINUTES: /],
    [{ XTREAM_PASSWORD: null }, /^The environment or \.env decides XTREAM_PASSWORD: /],
    [{ DATA_DIR: '/tmp' }, /^DATA_DIR can be set only in the environment/],
    [{ XTREAM_USER_AGENT: 'a\nb' }, /^XTREAM_USER_AGENT must be a single line/],
    [{ TELEGRAM_WEBHOOK: 'yes' }, /^TELEGRAM_WEBHOOK needs PUBLIC_URL/],
  ])('refuses %j', async (changes, message) => {
    const { problems } = await refused(changes);
    expect(problems).toEqual([{ name: Object.keys(changes)[0], message: expect.stringMatching(message) }]);
  });

  it.each([{}, { changes: 'all' }, { changes: { PORT: {} } }, { changes: [1] }])(
    'refuses a request such as %j',
    async (payload) => {
      const response = await ask('PUT', '/api/settings', payload);
      expect(response.statusCode).toBe(400);
      expect(response.json<Refusal>().error.code).toBe('bad_request');
    },
  );
});

describe('POST /api/settings/undo', () => {
  it('takes the last change back', async () => {
    await change({ REACTIONS: 'room', PORT: 8003 });
    const answer = (await ask('POST', '/api/settings/undo')).json<Answer>();
    expect(setting(answer, 'REACTIONS')).toMatchObject({ value: 'watch', source: 'default' });
    expect(answer).toEqual(await list());
    // The undoing can be undone as well.
    const again = (await ask('POST', '/api/settings/undo')).json<Answer>();
    expect(setting(again, 'REACTIONS')).toMatchObject({ value: 'room', source: 'page' });
  });

  it('is refused where there is nothing to undo', async () => {
    const response = await ask('POST', '/api/settings/undo');
    expect([response.statusCode, response.json<Refusal>().error.code]).toEqual([409, 'nothing_to_undo']);
  });

  it('is for admins', async () => {
    const response = await fake.app.inject({ method: 'POST', url: '/api/settings/undo' });
    expect(response.statusCode).toBe(401);
  });
});

describe('an admin whom another admin has let in', () => {
  const invited = async () => {
    fake.context.people.setStanding({ id: 'discord:8', name: 'Eve' }, 'admin', 0);
    const visitor = fake.context.sessions.visitorAs({ id: 'discord:8', name: 'Eve', role: 'admin' });
    const { token } = fake.context.sessions.begin(visitor, 'Firefox');
    return { cookie: `zapette_session=${token}` };
  };
  const ask = async (method: 'PUT' | 'POST', url: string, payload: object) =>
    fake.app.inject({ method, url, headers: await invited(), payload });

  it.each([
    ['ADMIN_TOKEN', 'a-token-of-my-own'],
    ['DISCORD_ADMIN_ROLES', '8'],
    ['TELEGRAM_ADMIN_IDS', '8'],
    ['TELEGRAM_API_URL', 'https://mine.example'],
    ['PUBLIC_URL', 'https://mine.example'],
  ])('does not become an owner by %s', async (name, value) => {
    const answer = await ask('PUT', '/api/settings', { changes: { ETIQUETTE: 'free', [name]: value } });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.code).toBe('owners_only');
    expect(setting(await list(), 'ETIQUETTE')?.value).toBe('polite');
  });

  it('changes the others, and undoes nothing', async () => {
    expect((await ask('PUT', '/api/settings', { changes: { ETIQUETTE: 'free' } })).statusCode).toBe(200);
    expect((await ask('POST', '/api/settings/undo', {})).json().error.code).toBe('owners_only');
    const watch = { where: 'here', access: 'login', public_url: null };
    expect((await ask('PUT', '/api/setup/watch', watch)).statusCode).toBe(200);
  });
});
