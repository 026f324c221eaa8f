import {
  ApplicationCommandResponseSchema,
  GatewayBotResponseSchema,
  GuildChannelResponseSchema,
  GuildMemberResponseSchema,
  GuildRoleResponseSchema,
  GuildWithCountsResponseSchema,
  InteractionCallbackResponseSchema,
  MessageResponseSchema,
  MyGuildResponseSchema,
  PrivateApplicationResponseSchema,
  PrivateChannelResponseSchema,
  type SpecSchema,
  UserPIIResponseSchema,
  UserResponseSchema,
} from 'discord-api-spec/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawBot } from './raw-bot.ts';
import { call, ids, type Scene, startScene } from './scene.ts';

/** Tests the fake's own answers against the published description of the service. */

let scene: Scene;
let bot: RawBot;
const silent = { allowed_mentions: { parse: [] } };
const card = {
  ...silent,
  content: 'card',
  embeds: [{ title: 'TF1', url: 'https://a.b/c', color: 255, fields: [{ name: 'a', value: 'b' }] }],
  components: [
    {
      type: 1,
      components: [
        { type: 2, style: 1, label: 'Stop', custom_id: 'stop' },
        { type: 2, style: 5, label: 'Watch', url: 'https://a.b/watch' },
      ],
    },
    { type: 1, components: [{ type: 3, custom_id: 'menu', options: [{ label: 'a', value: 'a' }] }] },
  ],
};

beforeAll(async () => {
  scene = await startScene();
  bot = await RawBot.connect(scene.fake);
  bot.identify();
  await bot.event('READY');
  await call(scene.fake, 'PUT', `/applications/${ids.application}/commands`, [
    {
      name: 'play',
      description: 'Plays',
      name_localizations: { fr: 'jouer' },
      default_member_permissions: null,
      options: [{ type: 3, name: 'what', description: 'What', autocomplete: true }],
    },
    { name: 'keep', description: 'Keeps', options: [{ type: 1, name: 'add', description: 'Adds' }] },
  ]);
});
afterAll(async () => {
  bot.close();
  await scene.fake.stop();
});

function issues(schema: SpecSchema, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues;
}

describe('the fake’s answers', () => {
  const cases: [string, SpecSchema][] = [
    ['/gateway/bot', GatewayBotResponseSchema],
    ['/users/@me', UserPIIResponseSchema],
    [`/users/${ids.anna}`, UserResponseSchema],
    ['/users/@me/guilds?limit=200', MyGuildResponseSchema],
    ['/applications/@me', PrivateApplicationResponseSchema],
    [`/guilds/${ids.guild}`, GuildWithCountsResponseSchema],
    [`/guilds/${ids.guild}/roles`, GuildRoleResponseSchema],
    [`/guilds/${ids.guild}/channels`, GuildChannelResponseSchema],
    [`/guilds/${ids.guild}/members/${ids.anna}`, GuildMemberResponseSchema],
    [`/channels/${ids.tv}`, GuildChannelResponseSchema],
    [`/applications/${ids.application}/commands`, ApplicationCommandResponseSchema],
  ];
  it.each(cases)('have the published shape for GET %s', async (path, schema) => {
    const { status, json } = await call(scene.fake, 'GET', path);
    expect(status).toBe(200);
    for (const one of Array.isArray(json) ? json : [json]) expect(issues(schema, one)).toEqual([]);
  });

  it('have the published shape for messages, answers and private channels', async () => {
    const { fake } = scene;
    const sent = await call(fake, 'POST', `/channels/${ids.tv}/messages`, card);
    expect(issues(MessageResponseSchema, sent.json)).toEqual([]);
    const dm = await call(fake, 'POST', '/users/@me/channels', { recipient_id: ids.anna });
    expect(issues(PrivateChannelResponseSchema, dm.json)).toEqual([]);

    fake.user(ids.anna).command(ids.tv, 'play');
    const { id, token } = await bot.interaction();
    const callback = `/interactions/${id}/${token}/callback?with_response=true`;
    const answered = await call(fake, 'POST', callback, { type: 4, data: card });
    expect(issues(InteractionCallbackResponseSchema, answered.json)).toEqual([]);
    const original = `/webhooks/${ids.application}/${token}/messages/@original`;
    const edited = await call(fake, 'PATCH', original, { ...silent, content: 'edited' });
    expect(issues(MessageResponseSchema, edited.json)).toEqual([]);
    expect(fake.violations).toEqual([]);
  });
});

describe('a late violation', () => {
  it('is recorded for an interaction without an answer, or left thinking', async () => {
    const { fake, clock } = scene;
    fake.user(ids.anna).command(ids.tv, 'play');
    await bot.interaction();
    const thinking = fake.user(ids.anna).command(ids.tv, 'keep add');
    const { id, token } = await bot.interaction();
    await call(fake, 'POST', `/interactions/${id}/${token}/callback`, { type: 5, data: { flags: 64 } });
    expect(thinking.state).toMatchObject({ deferred: true, ephemeral: true, message: null });
    clock.skip(3_001);
    expect(fake.violations).toMatchObject([{ kind: 'unanswered', detail: '/play was not acknowledged' }]);
    clock.skip(15 * 60_000);
    expect(fake.violations).toMatchObject([
      {},
      { kind: 'unanswered', detail: '/keep add was left thinking' },
    ]);
  });
});

describe('ephemeral answers', () => {
  it('are determined by the first acknowledgement, and missing from the channel', async () => {
    const { fake } = scene;
    const seen = fake.violations.length;
    const reply = fake.user(ids.anna).command(ids.tv, 'play');
    const { id, token } = await bot.interaction();
    await call(fake, 'POST', `/interactions/${id}/${token}/callback`, { type: 5 });
    const webhook = `/webhooks/${ids.application}/${token}`;
    await call(fake, 'POST', webhook, { ...silent, content: 'for everybody', flags: 64 });
    expect(reply.state).toMatchObject({ ephemeral: false, message: { content: 'for everybody' } });
    const secret = await call(fake, 'POST', webhook, { ...silent, content: 'for her', flags: 64 });
    const secretId = String(secret.json.id);
    const path = `/channels/${ids.tv}/messages/${secretId}`;
    expect((await call(fake, 'GET', path)).json.code).toBe(10008);
    expect(
      (await call(fake, 'PATCH', `${webhook}/messages/${secretId}`, { ...silent, content: 'x' })).status,
    ).toBe(200);
    expect(() => fake.user(ids.boss).press(secretId, 'stop')).toThrow('Only somebody else');
    expect(fake.violations.slice(0, -seen).map(({ kind }) => kind)).toEqual(['ephemeral', 'refused']);
  });
});
