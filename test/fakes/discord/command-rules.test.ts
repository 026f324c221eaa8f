import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawBot } from './raw-bot.ts';
import { call, ids, problems, type Scene, startScene } from './scene.ts';

/** Tests which commands and answers are refused, by plain HTTP without a library. */

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.fake.stop());

const silent = { allowed_mentions: { parse: [] } };

describe('commands', () => {
  const command = (more: object) => ({ name: 'play', description: 'Plays', ...more });
  const option = (more: object) => ({ type: 3, name: 'what', description: 'What', ...more });
  const bad: [string, object[], string][] = [
    ['capitals', [command({ name: 'Play' })], '0.name[APPLICATION_COMMAND_INVALID_NAME]'],
    ['spaces', [command({ name: 'play it' })], '0.name[APPLICATION_COMMAND_INVALID_NAME]'],
    ['no description', [command({ description: '' })], '0.description[BASE_TYPE_REQUIRED]'],
    [
      'a long description',
      [command({ description: 'x'.repeat(101) })],
      '0.description[BASE_TYPE_MAX_LENGTH]',
    ],
    ['the same name twice', [command({}), command({})], '1[APPLICATION_COMMANDS_DUPLICATE_NAME]'],
    [
      'an optional option first',
      [command({ options: [option({}), option({ name: 'x', required: true })] })],
      '0.options.1[APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID]',
    ],
    [
      '26 options',
      [command({ options: Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })) })],
      '0.options[BASE_TYPE_MAX_LENGTH]',
    ],
    [
      '26 choices',
      [
        command({
          options: [
            option({ choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) }),
          ],
        }),
      ],
      '0.options.0.choices[BASE_TYPE_MAX_LENGTH]',
    ],
    [
      'choices and autocomplete',
      [command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
      '0.options.0[APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES]',
    ],
    [
      'an unknown language',
      [command({ description_localizations: { en: 'x' } })],
      '0.description_localizations.en[BASE_TYPE_CHOICES]',
    ],
    [
      'a bad translation',
      [command({ name_localizations: { fr: 'Lire' } })],
      '0.name_localizations.fr[APPLICATION_COMMAND_INVALID_NAME]',
    ],
    [
      'a subcommand beside an option',
      [command({ options: [option({}), { type: 1, name: 'sub', description: 's' }] })],
      '0.options[APPLICATION_COMMAND_OPTIONS_TYPE_INVALID]',
    ],
  ];
  it.each(bad)('are refused with %s', async (_, body, problem) => {
    scene.clock.skip(20_000);
    const { json } = await call(scene.fake, 'PUT', `/applications/${ids.application}/commands`, body);
    expect(json).toMatchObject({ code: 50035 });
    expect(problems(json.errors)).toContain(problem);
  });

  it('may have French names and require permissions', async () => {
    scene.clock.skip(20_000);
    const body = [
      command({
        name_localizations: { fr: 'télé' },
        default_member_permissions: '32',
        options: [option({ autocomplete: true })],
      }),
      { type: 3, name: 'Play this' },
    ];
    const { status, json } = await call(
      scene.fake,
      'PUT',
      `/applications/${ids.application}/guilds/${ids.guild}/commands`,
      body,
    );
    expect(status).toBe(200);
    expect(json).toMatchObject([{ name: 'play', default_member_permissions: '32' }, { name: 'Play this' }]);
  });
});

describe('interactions', () => {
  const choices = (count: number, more: object = {}) => ({
    type: 8,
    data: { choices: Array.from({ length: count }, (_, n) => ({ name: `n${n}`, value: `${n}`, ...more })) },
  });
  let bot: RawBot;
  beforeAll(async () => {
    bot = await RawBot.connect(scene.fake);
    bot.identify();
    await bot.event('READY');
  });
  afterAll(() => bot.close());

  /** Makes a new interaction and returns its callback's path. */
  async function begin(kind: 'command' | 'autocomplete'): Promise<string> {
    const boss = scene.fake.user(ids.boss);
    if (kind === 'command') boss.command(ids.tv, 'play');
    else boss.autocomplete(ids.tv, 'play', 'what', 'x');
    const { id, token } = await bot.interaction();
    return `/interactions/${id}/${token}/callback`;
  }

  const bad: ['command' | 'autocomplete', string, object, string][] = [
    ['autocomplete', '26 choices', choices(26), 'data.choices[BASE_TYPE_MAX_LENGTH]'],
    [
      'autocomplete',
      'a nameless choice',
      choices(1, { name: '' }),
      'data.choices.0.name[BASE_TYPE_MIN_LENGTH]',
    ],
    [
      'autocomplete',
      'a long name',
      choices(1, { name: 'x'.repeat(101) }),
      'data.choices.0.name[BASE_TYPE_MAX_LENGTH]',
    ],
    [
      'autocomplete',
      'a long value',
      choices(1, { value: 'x'.repeat(101) }),
      'data.choices.0.value[BASE_TYPE_BAD_LENGTH]',
    ],
    ['autocomplete', 'being put off', { type: 5 }, 'type[BASE_TYPE_CHOICES]'],
    ['command', 'suggestions', choices(1), 'type[BASE_TYPE_CHOICES]'],
    [
      'command',
      'a long text',
      { type: 4, data: { content: 'x'.repeat(2001), ...silent } },
      'data.content[BASE_TYPE_MAX_LENGTH]',
    ],
  ];
  it.each(bad)('of kind %s may not be answered with %s', async (kind, _, body, problem) => {
    const { json } = await call(scene.fake, 'POST', await begin(kind), body);
    expect(json).toMatchObject({ code: 50035 });
    expect(problems(json.errors)).toContain(problem);
  });
});

describe('every route', () => {
  it('requires the right token, a known address and JSON', async () => {
    const { fake } = scene;
    expect(await call(fake, 'GET', '/users/@me', undefined, 'Bot nonsense')).toMatchObject({
      status: 401,
      json: { code: 0 },
    });
    expect((await call(fake, 'GET', '/nowhere')).status).toBe(404);
    const response = await fetch(`${fake.api}/v10/users/@me/channels`, { method: 'POST', body: '{' });
    expect(await response.json()).toMatchObject({ code: 50109 });
    expect(fake.violations.slice(-3).map(({ kind }) => kind)).toEqual([
      'refused',
      'unknown-route',
      'refused',
    ]);
  });
});
