import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { FakeTelegram } from './fake-telegram.ts';

// Uses bare HTTP, so that no client library corrects the calls.
let telegram: FakeTelegram;
let clock: FakeClock;
let group: number;

type Params = Readonly<Record<string, unknown>>;

/** Calls a method and returns "ok" or the text of the refusal. */
async function call(method: string, params: Params | FormData | URLSearchParams = {}): Promise<string> {
  const bare = params instanceof FormData || params instanceof URLSearchParams;
  const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
    method: 'POST',
    ...(bare
      ? { body: params }
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(params) }),
  });
  const { ok, description } = (await response.json()) as { ok: boolean; description?: string };
  return ok ? 'ok' : (description ?? '');
}

function withButton(button: Params, chatId = 7): Promise<string> {
  return call('sendMessage', {
    chat_id: chatId,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'b', ...button }]] },
  });
}

beforeEach(async () => {
  clock = new FakeClock();
  telegram = await FakeTelegram.start({ clock });
  telegram.user(7).start();
  group = telegram.group('Room', { members: [telegram.user(7)] }).id;
});
afterEach(() => telegram.stop());

it('a call may be JSON, urlencoded, multipart or a query string', async () => {
  const markup = JSON.stringify({ inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] });
  const form = new FormData();
  const fields = { chat_id: '7', text: 'x', disable_notification: 'true', reply_markup: markup };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  expect(await call('sendMessage', { chat_id: 7, text: 'x', reply_markup: markup })).toBe('ok');
  expect(await call('sendMessage', new URLSearchParams(fields))).toBe('ok');
  expect(await call('sendMessage', form)).toBe('ok');
  expect(await call(`sendMessage?${new URLSearchParams(fields)}`)).toBe('ok');
  expect(telegram.messages(7).map(({ buttons }) => buttons)).toEqual(Array(4).fill([['b']]));
  expect(telegram.violations).toEqual([]);
});

it('a parameter that the service would ignore is a violation at any depth', async () => {
  expect(await call('sendMessage', { chat_id: 7, text: 'x', disable_web_page_preview: true })).toBe('ok');
  expect(await withButton({ callback_data: 'd', colour: 'red' })).toBe('ok');
  expect(telegram.takeViolations().map(({ text }) => text)).toEqual([
    'there is no parameter "disable_web_page_preview"; the service ignores it',
    'there is no parameter "reply_markup.inline_keyboard.0.0.colour"; the service ignores it',
  ]);
});

describe('messages', () => {
  it.each([
    [{ text: '' }, 'Bad Request: message text is empty'],
    [{}, 'Bad Request: message text is empty'],
    [{ text: ' \n' }, 'Bad Request: text must be non-empty'],
    [{ text: '<b></b>', parse_mode: 'HTML' }, 'Bad Request: text must be non-empty'],
    [{ text: 'x'.repeat(4097) }, 'Bad Request: message is too long'],
    [{ text: `<b>${'x'.repeat(4096)}</b>`, parse_mode: 'HTML' }, 'ok'],
    [{ text: 'x', parse_mode: 'BBCode' }, 'Bad Request: unsupported parse_mode'],
    [{ text: 'x', chat_id: undefined }, 'Bad Request: chat_id is empty'],
    [{ text: 'x', chat_id: 99 }, 'Bad Request: chat not found'],
    [{ text: 'x', reply_markup: 'none' }, "Bad Request: can't parse reply markup JSON object"],
    [{ text: 'x', reply_markup: 5 }, 'Bad Request: object expected as reply markup'],
    [{ text: 'x', reply_parameters: { message_id: 999 } }, 'Bad Request: message to be replied not found'],
    [{ text: 'x', message_thread_id: 999 }, 'Bad Request: message thread not found'],
  ])('are answered as by the service: %j', async (params, words) => {
    expect(await call('sendMessage', { chat_id: 7, ...params })).toBe(words);
    expect(telegram.takeViolations()).toHaveLength(words === 'ok' ? 0 : 1);
  });

  it('have limits for captions and for the sources of photos', async () => {
    const photo = 'https://img.example.org/a.png';
    expect(await call('sendPhoto', { chat_id: 7, photo, caption: 'x'.repeat(1024) })).toBe('ok');
    expect(await call('sendPhoto', { chat_id: 7, photo, caption: 'x'.repeat(1025) })).toMatch(
      'caption is too',
    );
    expect(await call('sendPhoto', { chat_id: 7, photo: 'http://localhost:8002/a.png' })).toMatch(
      'failed to get HTTP URL content',
    );
    expect(await call('sendPhoto', { chat_id: 7 })).toMatch('there is no photo in the request');
  });

  it('have limits for videos, which keep their bytes', async () => {
    const upload = (bytes: Uint8Array<ArrayBuffer>) => {
      const form = new FormData();
      form.set('chat_id', '7');
      form.set('supports_streaming', 'true');
      form.set('video', 'attach://file');
      form.set('file', new Blob([bytes], { type: 'video/mp4' }), 'clip.mp4');
      return call('sendVideo', form);
    };
    const bytes = Uint8Array.from({ length: 999 }, (_, at) => at % 256);
    expect(await upload(bytes)).toBe('ok');
    const [message] = telegram.messages(7);
    expect(message && telegram.videoOf(message)).toEqual(bytes);
    expect(message?.message.video).toMatchObject({ file_name: 'clip.mp4', file_size: 999 });
    expect(await call('sendVideo', { chat_id: 7, video: message?.message.video?.file_id })).toBe('ok');
    expect(telegram.takeViolations()).toHaveLength(1);
    expect(await upload(new Uint8Array())).toMatch('file must be non-empty');
    expect(await upload(new Uint8Array(50 * 1024 * 1024))).toBe('Request Entity Too Large');
    expect(await call('sendVideo', { chat_id: 7 })).toMatch('there is no video in the request');
    expect(await call('sendVideo', { chat_id: 7, video: 'unknown' })).toMatch('wrong remote file identifier');
  });

  it('can be edited only if they are the bot’s and change', async () => {
    await call('sendMessage', { chat_id: 7, text: 'one' });
    const [own] = telegram.messages(7);
    const message_id = own?.id;
    const foreign = telegram.user(7).say(7, 'mine').message?.id;
    const edit = (params: Params) => call('editMessageText', { chat_id: 7, message_id, ...params });
    expect(await edit({ text: ' one ' })).toMatch(/^Bad Request: message is not modified/);
    expect(await edit({ text: 'two' })).toBe('ok');
    expect(await edit({ text: '<b>two</b>', parse_mode: 'HTML' })).toBe('ok');
    expect(await edit({ text: '<b>two</b>', parse_mode: 'HTML' })).toMatch('not modified');
    expect(await edit({ text: 'x', message_id: 999 })).toBe('Bad Request: message to edit not found');
    expect(await edit({ text: 'x', message_id: foreign })).toBe("Bad Request: message can't be edited");
    expect(await call('editMessageCaption', { chat_id: 7, message_id, caption: 'x' })).toMatch('no caption');
    expect(telegram.edits(message_id ?? 0)).toHaveLength(2);
    expect(await call('deleteMessage', { chat_id: 7, message_id })).toBe('ok');
    expect(await edit({ text: 'x' })).toBe('Bad Request: message to edit not found');
  });

  it('cause no violation if a person deleted them', async () => {
    await call('sendMessage', { chat_id: 7, text: 'one' });
    const [own] = telegram.messages(7);
    if (own) telegram.user(7).delete(own);
    expect(await call('editMessageText', { chat_id: 7, message_id: own?.id, text: 'x' })).toMatch(
      'not found',
    );
    expect(telegram.violations).toEqual([]);
  });

  it('can be pinned in groups only with the right to', async () => {
    await call('sendMessage', { chat_id: group, text: 'one' });
    const message_id = telegram.messages(group)[0]?.id;
    expect(await call('pinChatMessage', { chat_id: group, message_id })).toMatch('not enough rights');
  });
});

describe('buttons', () => {
  it.each([
    [{}, /Text buttons are not allowed in the inline keyboard$/],
    [{ callback_data: 'é'.repeat(32) }, /^ok$/],
    [{ callback_data: 'é'.repeat(33) }, /BUTTON_DATA_INVALID/],
    [{ callback_data: 'a', url: 'https://x.org' }, /BUTTON_TYPE_INVALID/],
    [{ url: 'http://localhost:8002' }, /URL 'http:\/\/localhost:8002' is invalid: Wrong HTTP URL/],
    [{ url: 'vlc://x.org' }, /Unsupported URL protocol/],
    [{ url: 'http://192.168.1.5:8002/watch' }, /^ok$/],
    [{ web_app: { url: 'http://x.org' } }, /Only HTTPS links are allowed/],
    [{ web_app: { url: 'https://x.org' } }, /^ok$/],
  ])('are answered as by the service: %j', async (button, words) => {
    expect(await withButton(button)).toMatch(words);
  });

  it('with Web Apps are refused in groups', async () => {
    expect(await withButton({ web_app: { url: 'https://x.org' } }, group)).toMatch('BUTTON_TYPE_INVALID');
  });

  it.each([
    [1, 9],
    [13, 8],
  ])('are refused in %i rows of %i', async (rows, columns) => {
    const row = Array(columns).fill({ text: 'b', callback_data: 'd' });
    const reply_markup = { inline_keyboard: Array(rows).fill(row) };
    expect(await call('sendMessage', { chat_id: 7, text: 'x', reply_markup })).toMatch(
      'REPLY_MARKUP_TOO_LONG',
    );
  });
});

describe('callback queries', () => {
  const tooOld = /^Bad Request: query is too old and response timeout expired or query ID is invalid$/;

  async function pressed(): Promise<string> {
    await withButton({ callback_data: 'd' });
    const [message] = telegram.messages(7);
    if (message) telegram.user(7).press(message, 'b');
    await call('getUpdates');
    return telegram.service.queries.unanswered[0]?.id ?? '';
  }

  it('can be answered once, in time and briefly', async () => {
    const callback_query_id = await pressed();
    const answer = (text = '') => call('answerCallbackQuery', { callback_query_id, text });
    expect(await answer('x'.repeat(201))).toMatch('MESSAGE_TOO_LONG');
    expect(await answer('x'.repeat(200))).toBe('ok');
    expect(await answer()).toMatch(tooOld);
    expect(await call('answerCallbackQuery', { callback_query_id: '1' })).toMatch(tooOld);
  });

  it('expire', async () => {
    const callback_query_id = await pressed();
    clock.skip(15_001);
    expect(await call('answerCallbackQuery', { callback_query_id })).toMatch(tooOld);
  });

  it('are violations if unanswered at the end', async () => {
    await pressed();
    await telegram.stop();
    expect(telegram.violations).toMatchObject([{ method: 'stop', text: /"d" of user 7 was never answered/ }]);
  });
});

describe('menus', () => {
  const scope = { type: 'all_private_chats' };
  const set = (commands: unknown, more: Params = {}) => call('setMyCommands', { commands, ...more });

  it('are stored by scope and language and shown by person', async () => {
    const french = telegram.user(8, { language_code: 'fr' });
    expect(await set([{ command: 'play', description: 'Play' }])).toBe('ok');
    expect(await set([{ command: 'jouer', description: 'Jouer' }], { scope, language_code: 'fr' })).toBe(
      'ok',
    );
    expect(telegram.commands()).toEqual([{ command: 'play', description: 'Play' }]);
    expect(telegram.commands('all_private_chats', 'fr')).toHaveLength(1);
    expect(telegram.shownCommands(french, 8)).toMatchObject([{ command: 'jouer' }]);
    expect(telegram.shownCommands(french, group)).toMatchObject([{ command: 'play' }]);
    expect(await call('deleteMyCommands', { scope, language_code: 'fr' })).toBe('ok');
    expect(telegram.shownCommands(french, 8)).toMatchObject([{ command: 'play' }]);
  });

  it.each([
    [[{ command: 'Play', description: 'x' }], 'BOT_COMMAND_INVALID'],
    [[{ command: 'a'.repeat(33), description: 'x' }], 'Command length must not exceed 32'],
    [[{ command: 'a', description: '' }], 'Command description must be non-empty'],
    [[{ command: 'a', description: 'x'.repeat(257) }], 'description length must not exceed 256'],
    [
      Array.from({ length: 101 }, (_, n) => ({ command: `c${n}`, description: 'x' })),
      'BOT_COMMANDS_TOO_MUCH',
    ],
    ['none', "can't parse commands JSON object"],
  ])('are refused with wrong commands (%#)', async (commands, words) => {
    expect(await set(commands)).toMatch(words);
  });
});

it.each([
  ['getChat', { chat_id: 7 }, { type: 'private', first_name: 'User7' }],
  ['getChatMember', { chat_id: -1, user_id: 7 }, { status: 'member' }],
  ['getChatMember', { chat_id: -1, user_id: 1 }, { status: 'creator' }],
  ['getChatAdministrators', { chat_id: -1 }, [{ user: { id: 1 } }]],
  ['sendChatAction', { chat_id: 7, action: 'typing' }, true],
  ['setMyDescription', { description: 'A remote', language_code: 'fr' }, true],
  ['setMyDescription', { description: 'x'.repeat(513) }, 'bot description length must not exceed 512'],
  [
    'setChatMenuButton',
    { menu_button: { type: 'web_app', text: 'TV', web_app: { url: 'http://x.org' } } },
    'Only',
  ],
  ['setChatMenuButton', { menu_button: { type: 'commands' } }, true],
  ['sendMessage', { chat_id: -1, text: 'x', business_connection_id: 'b' }, 'business connection not found'],
  ['leaveChat', { chat_id: -1 }, true],
])('the fake answers %s %j', async (method, params, expected) => {
  const body = JSON.stringify(params).replace('"chat_id":-1', `"chat_id":${group}`);
  const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer =
    typeof expected === 'string' ? { description: expect.stringContaining(expected) } : { result: expected };
  expect(await response.json()).toMatchObject(answer);
});

it('a group allows twenty messages a minute in strict mode', async () => {
  await telegram.stop();
  telegram = await FakeTelegram.start({ clock, rates: 'strict' });
  const { id: chat_id } = telegram.group('Room');
  for (let sent = 0; sent < 20; sent += 1) {
    expect(await call('sendMessage', { chat_id, text: `${sent}` })).toBe('ok');
    clock.skip(1_001);
  }
  expect(await call('sendMessage', { chat_id, text: 'x' })).toBe('Too Many Requests: retry after 40');
  clock.skip(40_000);
  expect(await call('sendMessage', { chat_id, text: 'x' })).toBe('ok');
});

it('unknown methods are refused, and so is polling with a webhook', async () => {
  expect(await call('sendNothing')).toMatch(/^Not Found: method not found/);
  const url = 'https://bot.example.org/hook';
  expect(await call('setWebhook', { url: 'http://bot.example.org' })).toMatch(
    'An HTTPS URL must be provided',
  );
  expect(await call('setWebhook', { url, secret_token: 'a b' })).toMatch('unallowed characters');
  expect(await call('setWebhook', { url: 'http://127.0.0.1:1/', secret_token: 'a' })).toBe('ok');
  expect(await call('getUpdates')).toMatch(/^Conflict: can't use getUpdates method while webhook is active/);
  expect(await call('deleteWebhook')).toBe('ok');
  expect(await call('getUpdates')).toBe('ok');
});

it('a long poll ends when its time is over', async () => {
  telegram.user(7).start();
  const first = await fetch(`${telegram.url}/bot${telegram.token}/getUpdates?offset=-1`);
  expect(await first.json()).toMatchObject({ ok: true });
  telegram.service.updates.dropPending();
  const polled = call('getUpdates', { timeout: 30 });
  while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(30_000);
  expect(await polled).toBe('ok');
});
