import { autoRetry } from '@grammyjs/auto-retry';
import { type RunnerHandle, run, sequentialize } from '@grammyjs/runner';
import { Bot, type Context, GrammyError, HttpError, InlineKeyboard, InputFile, type RawApi } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeTelegram, type FakeTelegramOptions } from './telegram/fake-telegram.ts';
import type { MethodName, ParamsOf } from './telegram/method-schemas.ts';

let telegram: FakeTelegram;
let running: RunnerHandle | undefined;

async function restart(options?: FakeTelegramOptions): Promise<void> {
  await telegram.stop();
  telegram = await FakeTelegram.start(options);
}

function newBot(): Bot {
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } });
  bot.catch(() => {});
  return bot;
}

/** A small remote control: a command that answers with buttons, which edit the answer. */
function remote(): Bot {
  const bot = newBot();
  bot.use(sequentialize((context: Context) => String(context.chat?.id)));
  bot.command('start', (context) => context.reply(`started ${context.match}`.trim()));
  bot.command('play', (context) =>
    context.reply(`<b>${context.match}</b>`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Stop', 'v1:stop').url('Watch', 'https://tv.example.org/watch'),
    }),
  );
  bot.callbackQuery('v1:stop', async (context) => {
    await context.answerCallbackQuery('stopped');
    await context.editMessageText('nothing plays');
  });
  bot.on('callback_query', (context) => context.answerCallbackQuery());
  return bot;
}

async function startRemote(): Promise<Bot> {
  const bot = remote();
  await bot.init();
  // Without `silent`, the runner would print errors with the token's URL.
  running = run(bot, { runner: { silent: true } });
  return bot;
}

/** The error with which a call was refused. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
  return error instanceof HttpError ? 'network' : 'done';
}

beforeEach(async () => {
  telegram = await FakeTelegram.start();
});

afterEach(async () => {
  if (running?.isRunning()) await running.stop();
  running = undefined;
  await telegram.stop();
});

describe('a conversation by long polling', () => {
  it('goes from a command to buttons to an edit without a violation', async () => {
    await startRemote();
    const user = telegram.user(7, { language_code: 'fr' });
    await user.start().reply('started');
    const card = await user.say(7, '/play TF1').reply();
    expect(card).toMatchObject({ text: 'TF1', buttons: [['Stop', 'Watch']], fromBot: true });
    expect(card.entities).toEqual([{ type: 'bold', offset: 0, length: 3 }]);
    const pressed = user.press(card, 'Stop');
    expect(await pressed.answer()).toMatchObject({ text: 'stopped', alert: false, data: 'v1:stop' });
    expect(await pressed.edit()).toMatchObject({ id: card.id, text: 'nothing plays', buttons: [] });
    expect(telegram.edits(card.id)).toHaveLength(1);
    expect(telegram.messages(7).map(({ text }) => text)).toEqual(['started', 'nothing plays']);
    await telegram.stop();
    expect(telegram.violations).toEqual([]);
  });

  it('delivers the press of a button that an edit removed', async () => {
    await startRemote();
    const user = telegram.user(7);
    user.start();
    const card = await user.say(7, '/play TF1').reply('TF1');
    await user.press(card, 'Stop').edit();
    await user.press(card, 'Stop').answer();
    await user.pressData(card, 'v0:forgotten').answer();
    expect(() => user.press(card, 'Watch')).toThrow('opens something');
  });

  it('delivers an inline query and its answer', async () => {
    const bot = await startRemote();
    bot.inlineQuery(/.*/, (context) =>
      context.answerInlineQuery([
        { type: 'article', id: '1', title: 'TF1', input_message_content: { message_text: '/play TF1' } },
      ]),
    );
    expect(await telegram.user(7).inline('tf').inlineAnswer()).toMatchObject({ results: [{ id: '1' }] });
  });

  it('reports an edit that comes before the answer, if configured', async () => {
    await restart({ answerFirst: true });
    const { api } = newBot();
    telegram.user(7).start();
    const sent = await api.sendMessage(7, 'x', { reply_markup: new InlineKeyboard().text('b', 'd') });
    const [card] = telegram.messages(7);
    if (card) telegram.user(7).press(card, 'b');
    const update = (await api.getUpdates()).at(-1);
    await api.editMessageText(7, sent.message_id, 'y');
    await api.answerCallbackQuery(update?.callback_query?.id ?? '');
    expect(telegram.violations).toMatchObject([{ text: /before it answers the callback query "d"/ }]);
  });

  it('says what happened instead of the expected event', async () => {
    await restart({ patience: 30 });
    await expect(telegram.user(7).start().reply()).rejects.toThrow(
      'no reply in chat 7 after user 7 said "/start" within 30 ms; there was: nothing',
    );
  });

  it('delivers an update until it is confirmed', async () => {
    const { api } = newBot();
    telegram.user(7).start();
    const [first] = await api.getUpdates();
    expect(first?.message?.text).toBe('/start');
    const said = telegram.user(7).say(7, 'more');
    expect(await api.getUpdates()).toHaveLength(2);
    expect(await api.getUpdates({ offset: (said.updateId ?? 0) + 1 })).toEqual([]);
    await said.confirmed();
    expect(await api.getUpdates({ allowed_updates: ['callback_query'] })).toEqual([]);
    expect(telegram.user(7).say(7, 'unwanted').reachesBot).toBe(false);
  });

  it('lets the bot write to a person after a deep link, and not after a block', async () => {
    const { api } = await startRemote();
    const user = telegram.user(7);
    expect(await refusal(api.sendMessage(7, 'hello'))).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
    await user.start('vlc').reply('started vlc');
    await api.sendMessage(7, 'hello');
    user.block();
    expect(await refusal(api.sendMessage(7, 'hello'))).toBe('403 Forbidden: bot was blocked by the user');
    await user.start().reply();
    expect(await refusal(api.sendMessage(8, 'hello'))).toBe('400 Bad Request: chat not found');
    expect(telegram.takeViolations()).toMatchObject([{ text: 'Bad Request: chat not found' }]);
  });

  it('sends a photo by upload and again by its id', async () => {
    const { api } = newBot();
    telegram.user(7).start();
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
    const { photo } = await api.sendPhoto(7, new InputFile(png, 'qr.png'), { caption: 'scan' });
    const again = await api.sendPhoto(7, photo[0]?.file_id ?? '');
    await api.editMessageCaption(7, again.message_id, { caption: '<i>new</i>', parse_mode: 'HTML' });
    await api.editMessageMedia(7, again.message_id, {
      type: 'photo',
      media: new InputFile(Buffer.from(png)),
    });
    expect(telegram.messages(7)).toMatchObject([{ text: 'scan', isPhoto: true }, { isPhoto: true }]);
    expect(await refusal(api.sendPhoto(7, new InputFile(Buffer.from('text'))))).toMatch(
      'IMAGE_PROCESS_FAILED',
    );
  });
});

describe('groups', () => {
  it('delivers only commands, mentions and answers to the bot in privacy mode', async () => {
    await startRemote();
    const user = telegram.user(7);
    const group = telegram.group('Living room', { members: [user] });
    expect(user.say(group, 'good evening').reachesBot).toBe(false);
    expect(user.say(group, '/play@other_bot TF1').reachesBot).toBe(false);
    const card = await user.say(group, '/play@zapette_bot TF1').reply('TF1');
    expect(user.say(group, 'thanks', { replyTo: card }).reachesBot).toBe(true);
    expect(user.say(group, 'hey @zapette_bot!').reachesBot).toBe(true);
    group.setBot('administrator');
    expect(user.say(group, 'good night').reachesBot).toBe(true);
    expect(() => telegram.user(8).say(group, 'hello')).toThrow('not in Living room');
  });

  it('puts an answer in the forum topic of the command', async () => {
    const { api } = await startRemote();
    const user = telegram.user(7);
    const group = telegram.group('Club', { members: [user], forum: true });
    const threadId = group.topic('TV');
    const card = await user.say(group, '/play TF1', { threadId }).reply();
    expect(card.threadId).toBe(threadId);
    expect(await user.press(card, 'Stop').edit()).toMatchObject({ threadId });
    group.closeTopic(threadId);
    const sent = api.sendMessage(group.id, 'on', { message_thread_id: threadId });
    expect(await refusal(sent)).toBe('400 Bad Request: message thread not found');
  });

  it('gives the new id of a group that became a supergroup', async () => {
    const { api } = newBot();
    const group = telegram.group('Small', { kind: 'group', members: [telegram.user(7)] });
    const before = group.id;
    const after = group.migrate();
    const error: unknown = await api.sendMessage(before, 'hello').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ error_code: 400, parameters: { migrate_to_chat_id: after } });
    const updates = await api.getUpdates();
    expect(updates.map(({ message }) => message?.migrate_to_chat_id)).toContain(after);
    await api.sendMessage(after, 'hello');
    group.setBot('kicked');
    expect(await refusal(api.sendMessage(after, 'hello'))).toBe(
      '403 Forbidden: bot was kicked from the supergroup chat',
    );
    expect(telegram.violations).toEqual([]);
  });
});

describe('failures', () => {
  it('makes auto-retry wait the given time', async () => {
    const { api } = newBot();
    api.config.use(autoRetry({ maxRetryAttempts: 3, maxDelaySeconds: 30 }));
    telegram.user(7).start();
    telegram.fail('sendMessage', { kind: 'flood', retryAfter: 1 });
    await api.sendMessage(7, 'at last');
    expect(telegram.calls.map(({ status }) => status)).toEqual([429, 200]);
    expect(telegram.violations).toEqual([]);
  });

  it('reports a bot that does not wait', async () => {
    const { api } = newBot();
    telegram.user(7).start();
    telegram.fail('sendMessage', { kind: 'flood', retryAfter: 5 });
    expect(await refusal(api.sendMessage(7, 'now'))).toBe('429 Too Many Requests: retry after 5');
    expect(await refusal(api.sendMessage(7, 'now!'))).toBe('429 Too Many Requests: retry after 5');
    expect(telegram.violations).toHaveLength(1);
  });

  it.each(['drop', 'drop-answer', 'bad-gateway'] as const)('lets a call end with %s', async (fault) => {
    const { api } = newBot();
    telegram.user(7).start();
    telegram.fail('sendMessage', fault);
    expect(await refusal(api.sendMessage(7, 'hello'))).toBe('network');
    expect(telegram.messages(7)).toHaveLength(fault === 'drop-answer' ? 1 : 0);
    await api.sendMessage(7, 'again');
  });

  it('lets a call hang until the bot gives up', async () => {
    const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url, timeoutSeconds: 0.05 } });
    telegram.fail('getMe', 'hang');
    expect(await refusal(bot.api.getMe())).toBe('network');
    expect(await refusal(bot.api.getMe())).toBe('done');
  });

  it('survives a dropped poll in a runner', async () => {
    telegram.fail('getUpdates', 'bad-gateway');
    await startRemote();
    expect(await telegram.user(7).start().reply()).toMatchObject({ text: 'started' });
  });

  it('answers 409 to the older of two polling bots', async () => {
    const [one, other] = [newBot(), newBot()];
    const first = refusal(one.api.getUpdates({ timeout: 30 }));
    await telegram.polled();
    const second = other.api.getUpdates({ timeout: 30 });
    expect(await first).toMatch(/^409 Conflict: terminated by other getUpdates request/);
    telegram.user(7).start();
    expect(await second).toHaveLength(1);
  });

  it('accepts only its own token', async () => {
    const bot = new Bot('424242:wrong', { client: { apiRoot: telegram.url } });
    expect(await refusal(bot.api.getMe())).toBe('401 Unauthorized');
  });

  it('refuses calls that come too fast in strict mode', async () => {
    await restart({ rates: 'strict' });
    const { api } = newBot();
    telegram.user(7).start();
    await api.sendMessage(7, 'one');
    expect(await refusal(api.sendMessage(7, 'two'))).toBe('429 Too Many Requests: retry after 1');
  });
});

it('knows every parameter that the client library declares for its methods', () => {
  type Library = { [M in MethodName]: Parameters<RawApi[M]>[0] };
  type Names<T> = T extends AbortSignal | undefined ? never : keyof T;
  type Lacking = { [M in MethodName]: Exclude<Names<Library[M]>, keyof ParamsOf[M]> }[MethodName];
  const lacking: [Lacking] extends [never] ? 'none' : Lacking = 'none';
  expect(lacking).toBe('none');
});
