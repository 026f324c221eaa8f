import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, ids, problems, type Scene, startScene, token } from './scene.ts';

/** Tests which messages are refused and how, by plain HTTP without a library. */

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.fake.stop());

const silent = { allowed_mentions: { parse: [] } };
const button = (custom_id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'x',
  custom_id,
  ...more,
});
const row = (...components: unknown[]) => ({ type: 1, components });
const buttons = (count: number) => Array.from({ length: count }, (_, index) => button(`b${index}`));
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(button(`r${index}`)));
const link = (url: string, more: object = {}) => row({ type: 2, style: 5, label: 'x', url, ...more });
const fields = (count: number) => Array.from({ length: count }, () => ({ name: 'n', value: 'v' }));

describe('messages', () => {
  const good: Record<string, object> = {
    'a text of 2000': { content: 'x'.repeat(2000) },
    'an embed at its limits': {
      embeds: [{ title: 'x'.repeat(256), description: 'x'.repeat(4096), fields: fields(25) }],
    },
    'five rows of five': {
      content: 'x',
      components: Array.from({ length: 5 }, (_, r) =>
        row(...buttons(5).map((b) => ({ ...b, custom_id: `${r}${b.custom_id}` }))),
      ),
    },
    'a link': { content: 'x', components: [link('http://192.168.1.2:8002/watch')] },
    'a button with a picture only': {
      content: 'x',
      components: [row(button('a', { label: undefined, emoji: { name: '▶️' } }))],
    },
    'new components': { flags: 1 << 15, components: [{ type: 10, content: 'hello' }] },
  };
  it.each(Object.entries(good))('are accepted with %s', async (_, body) => {
    scene.clock.skip(5_000);
    const { status, json } = await call(scene.fake, 'POST', `/channels/${ids.tv}/messages`, {
      ...body,
      ...silent,
    });
    expect([status, json.errors]).toEqual([200, undefined]);
  });

  const bad: [string, object, string][] = [
    ['a text of 2001', { content: 'x'.repeat(2001) }, 'content[BASE_TYPE_MAX_LENGTH]'],
    ['no text', { content: 7 }, 'content[BASE_TYPE_BAD_TYPE]'],
    [
      'eleven embeds',
      { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) },
      'embeds[BASE_TYPE_MAX_LENGTH]',
    ],
    ['a long title', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds.0.title[BASE_TYPE_MAX_LENGTH]'],
    ['26 fields', { embeds: [{ fields: fields(26) }] }, 'embeds.0.fields[BASE_TYPE_MAX_LENGTH]'],
    [
      'an empty field',
      { embeds: [{ fields: [{ name: '', value: 'v' }] }] },
      'embeds.0.fields.0.name[BASE_TYPE_REQUIRED]',
    ],
    [
      'embeds of 6001',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
      'embeds[MAX_EMBED_SIZE_EXCEEDED]',
    ],
    [
      'an ftp link',
      { embeds: [{ title: 'x', url: 'ftp://a.b/c' }] },
      'embeds.0.url[URL_TYPE_INVALID_SCHEME]',
    ],
    ['six rows', { content: 'x', components: rows(6) }, 'components[BASE_TYPE_BAD_LENGTH]'],
    [
      'six buttons',
      { content: 'x', components: [row(...buttons(6))] },
      'components.0.components[BASE_TYPE_MAX_LENGTH]',
    ],
    ['a bare button', { content: 'x', components: [button('a')] }, 'components.0[UNION_TYPE_CHOICES]'],
    [
      'one name twice',
      { content: 'x', components: [row(button('a')), row(button('a'))] },
      'components.1.components.0.custom_id[COMPONENT_CUSTOM_ID_DUPLICATED]',
    ],
    [
      'a long name',
      { content: 'x', components: [row(button('x'.repeat(101)))] },
      'components.0.components.0.custom_id[BASE_TYPE_MAX_LENGTH]',
    ],
    [
      'a long label',
      { content: 'x', components: [row(button('a', { label: 'x'.repeat(81) }))] },
      'components.0.components.0.label[BASE_TYPE_MAX_LENGTH]',
    ],
    [
      'a link with a name',
      { content: 'x', components: [link('https://a.b', { custom_id: 'a' })] },
      'components.0.components.0[BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE]',
    ],
    [
      'a local link',
      { content: 'x', components: [link('http://localhost:8002')] },
      'components.0.components.0.url[URL_TYPE_INVALID_URL]',
    ],
    [
      'a strange emoji',
      { content: 'x', components: [row(button('a', { emoji: { name: 'play' } }))] },
      'components.0.components.0.emoji.name[BUTTON_COMPONENT_INVALID_EMOJI]',
    ],
    [
      'text with new components',
      { content: 'x', flags: 1 << 15, components: [] },
      'content[MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]',
    ],
  ];
  it.each(bad)('are refused with %s', async (_, body, problem) => {
    const { status, json } = await call(scene.fake, 'POST', `/channels/${ids.other}/messages`, {
      ...silent,
      ...body,
    });
    expect(json).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
    expect(status).toBe(400);
    expect(problems(json.errors)).toContain(problem);
    scene.clock.skip(5_000);
  });

  it('are refused if empty', async () => {
    const path = `/channels/${ids.other}/messages`;
    expect((await call(scene.fake, 'POST', path, silent)).json.code).toBe(50006);
    scene.clock.skip(5_000);
  });

  it('are limited to five in five seconds', async () => {
    scene.clock.skip(5_000);
    const path = `/channels/${ids.other}/messages`;
    const statuses = [];
    for (let n = 0; n < 6; n++)
      statuses.push((await call(scene.fake, 'POST', path, { content: 'x', ...silent })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect(scene.fake.violations.at(-1)).toMatchObject({ kind: 'rate-limit' });
  });

  it('are refused on demand, and a retry that comes too early is a violation', async () => {
    const { fake, clock } = scene;
    clock.skip(5_000);
    const route = 'POST /channels/:channel/messages';
    const path = `/channels/${ids.other}/messages`;
    const body = { content: 'x', ...silent };
    const seen = fake.violations.length;
    fake.failNext(route, { status: 503 });
    expect((await call(fake, 'POST', path, body)).status).toBe(503);
    fake.limitNext(route, 30);
    expect(await call(fake, 'POST', path, body)).toMatchObject({ status: 429, json: { retry_after: 30 } });
    expect(fake.violations).toHaveLength(seen);
    expect((await call(fake, 'POST', path, body)).status).toBe(429);
    expect(fake.violations.at(-1)).toMatchObject({
      kind: 'rate-limit',
      detail: expect.stringContaining('before'),
    });
  });
});

describe('files', () => {
  const upload = async (size: number) => {
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ content: 'x', ...silent }));
    form.set('files[0]', new Blob([new Uint8Array(size)], { type: 'video/mp4' }), 'clip.mp4');
    const response = await fetch(`${scene.fake.api}/v10/channels/${ids.tv}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${token}` },
      body: form,
    });
    const { code, attachments } = (await response.json()) as { code?: number; attachments?: unknown[] };
    return { status: response.status, code, attachments };
  };

  it('are kept up to 10 MiB, and refused above', async () => {
    scene.clock.skip(5_000);
    const most = 10 * 1024 * 1024;
    const attachment = { filename: 'clip.mp4', size: most, content_type: 'video/mp4' };
    expect(await upload(most)).toMatchObject({ status: 200, attachments: [attachment] });
    expect(await upload(most + 1)).toMatchObject({ status: 413, code: 40005 });
  });

  it('need their permission', async () => {
    scene.clock.skip(5_000);
    scene.fake.withdraw(ids.tv, 'ATTACH_FILES');
    expect(await upload(1)).toMatchObject({ status: 403, code: 50013 });
    scene.fake.grant(ids.tv, 'ATTACH_FILES');
  });
});
