import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bot, webhookCallback } from 'grammy';
import { Markup, Telegraf, TelegramError } from 'telegraf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeTelegram } from './fake-telegram.ts';

let telegram: FakeTelegram;
let server: Server | undefined;

async function listen(handler: RequestListener): Promise<string> {
  const made = createServer(handler);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/hook`;
}

beforeEach(async () => {
  telegram = await FakeTelegram.start();
});
afterEach(async () => {
  await telegram.stop();
  server?.closeAllConnections();
  server?.close();
});

describe('grammY behind a webhook', () => {
  async function hooked(secretToken: string): Promise<Bot> {
    const bot = new Bot(telegram.token, {
      client: { apiRoot: telegram.url, canUseWebhookReply: () => true },
    });
    bot.command('start', (context) => context.reply('welcome'));
    bot.command('boom', () => {
      throw new Error('boom');
    });
    const handle = webhookCallback(bot, 'http', { secretToken });
    const url = await listen(
      (request, response) => void handle(request, response).catch(() => void response.writeHead(500).end()),
    );
    await bot.api.setWebhook(url, { secret_token: 'right_secret' });
    return bot;
  }

  it('gets updates with the secret, and its call in the response is carried out', async () => {
    await hooked('right_secret');
    const started = telegram.user(7).start();
    expect(await started.reply()).toMatchObject({ text: 'welcome' });
    await started.confirmed();
    expect(telegram.deliveries).toEqual([{ updateId: started.updateId, status: 200 }]);
    expect(telegram.violations).toEqual([]);
  });

  it('gets an update again after it refused it', async () => {
    const { api } = await hooked('another_secret');
    telegram.user(7).start();
    await expect.poll(() => telegram.deliveries.length, { timeout: 3_000 }).toBeGreaterThan(1);
    expect(telegram.deliveries[0]).toMatchObject({ status: 401 });
    expect(await api.getWebhookInfo()).toMatchObject({
      pending_update_count: 1,
      last_error_message: 'Wrong response from the webhook: 401',
    });
  });
});

describe('telegraf', () => {
  let bot: Telegraf;
  let launched: Promise<void>;

  async function launch(): Promise<void> {
    bot.catch(() => {});
    launched = bot.launch().catch(() => {});
    await telegram.polled();
  }

  beforeEach(() => {
    bot = new Telegraf(telegram.token, { telegram: { apiRoot: telegram.url } });
  });
  afterEach(async () => {
    bot.stop();
    await telegram.stop();
    await launched;
  });

  it('has the same conversation', async () => {
    bot.start((context) => context.reply(`started ${context.payload}`.trim()));
    bot.command('play', (context) =>
      context.replyWithHTML(
        `<b>${context.payload}</b>`,
        Markup.inlineKeyboard([Markup.button.callback('Stop', 's')]),
      ),
    );
    bot.action('s', async (context) => {
      await context.answerCbQuery('stopped');
      await context.editMessageText('nothing plays');
    });
    await launch();
    const user = telegram.user(7);
    await user.start('vlc').reply('started vlc');
    const forum = telegram.group('Club', { members: [user], forum: true });
    const threadId = forum.topic('TV');
    const card = await user.say(forum, '/play@zapette_bot TF1', { threadId }).reply();
    expect(card).toMatchObject({ text: 'TF1', threadId, buttons: [['Stop']] });
    const pressed = user.press(card, 'Stop');
    expect(await pressed.answer()).toMatchObject({ text: 'stopped' });
    expect(await pressed.edit()).toMatchObject({ text: 'nothing plays' });
    await telegram.stop();
    // The library adds its own field to every button, which the service ignores.
    expect(telegram.violations).toMatchObject([{ text: /"reply_markup\.inline_keyboard\.0\.0\.hide"/ }]);
  });

  it('understands the refusals', async () => {
    launched = Promise.resolve();
    bot.stop = () => {};
    telegram.user(7);
    const error: unknown = await bot.telegram.sendMessage(7, 'x').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TelegramError);
    expect(error).toMatchObject({ code: 403 });
    telegram.user(7).start();
    const { message_id } = await bot.telegram.sendMessage(7, 'x');
    const unchanged = bot.telegram.editMessageText(7, message_id, undefined, 'x');
    await expect(unchanged).rejects.toMatchObject({ description: /message is not modified/ });
    telegram.fail('sendMessage', { kind: 'flood', retryAfter: 3 });
    await expect(bot.telegram.sendMessage(7, 'x')).rejects.toMatchObject({ parameters: { retry_after: 3 } });
    const png = { source: Buffer.from('89504e470d0a1a0a', 'hex') };
    await bot.telegram.sendPhoto(7, png, { caption: 'c' });
    expect(telegram.messages(7).at(-1)).toMatchObject({ isPhoto: true, text: 'c' });
  });
});
