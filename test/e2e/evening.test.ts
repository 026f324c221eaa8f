import { type APIMessage, ComponentType } from 'discord.js';
import { execa } from 'execa';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { finished, readIn } from '../bots/calling.ts';
import { type BotsApp, PUBLIC_URL, startBotsApp } from '../fakes/bots-app.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ids } from '../fakes/discord/scene.ts';
import type { SeenMessage } from '../fakes/telegram/message-store.ts';
import { moves, openPage } from './browser-page.ts';

/** A whole evening in a chat, with each bot, by commands and by buttons. */
const FRIEND = 7;
/** Widths in pixels of the demo's channel "Deux" and of the slate. */
const [DEUX, SLATE] = [1024, 1280];

/** One person's actions in a chat room, with the bot's answers. */
interface Chair {
  /** In the room's language: the text that nothing is on, and the stop button's label. */
  readonly texts: { readonly nothing: RegExp; readonly stop: string };
  /** @returns the card */
  readonly play: (channel: string) => Promise<string>;
  readonly stop: () => Promise<string>;
  /** Presses a button of the card. @returns the card as edited after that */
  readonly press: (label: string) => Promise<string>;
  readonly askForLink: () => Promise<void>;
  readonly pressForLink: () => Promise<void>;
  readonly lastPrivateMessage: () => string;
  /** The address of the card's Watch button. */
  readonly watchUrl: () => string | undefined;
}

let dataDirs: DataDirs;
let app: BotsApp;
let discord: BotsApp['discord'];
let telegram: BotsApp['telegram'];
let server: BotsApp['server'];
let browser: Browser;
let watch: Page;
let ffmpeg: string;
beforeAll(async () => {
  [dataDirs, browser] = await Promise.all([DataDirs.create(), launchBrowser()]);
  ffmpeg = (await findFfmpeg(null)).path;
  const env = { TELEGRAM_VIEWER_IDS: String(FRIEND), DEFAULT_LANGUAGE: 'en' };
  app = await startBotsApp(await dataDirs.next(), env, 15_000);
  ({ discord, telegram, server } = app);
  watch = (await openPage(browser, server.url, '/watch')).page;
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await dataDirs?.remove();
});

async function inTelegram(): Promise<Chair> {
  const user = telegram.user(FRIEND, { language_code: 'en' });
  await user.start().reply();
  const group = telegram.group('Salon', { members: [user] });
  let card: SeenMessage;
  const now = async (message: Promise<SeenMessage>) => {
    card = await message;
    return card.text;
  };
  /** The message "Opening …" as edited by now. */
  const played = async (answer: Promise<SeenMessage>) => {
    const { id } = await answer;
    await expect.poll(() => telegram.message(id)?.text, { timeout: 15_000 }).toContain('● ');
    return telegram.message(id) ?? answer;
  };
  return {
    texts: { nothing: /Nothing is on/, stop: '■ Stop' },
    play: (channel) => now(played(user.say(group, `/play ${channel}`).reply(/● |Opening/))),
    stop: () => now(user.say(group, '/stop').reply(/Nothing is on/)),
    press: (label) => now(user.press(card, label).edit()),
    askForLink: async () => {
      await user.say(group, '/vlc').reply(/private message/);
    },
    pressForLink: async () => {
      await user.press(card, 'VLC').answer();
    },
    lastPrivateMessage: () => telegram.messages(FRIEND).at(-1)?.text ?? '',
    watchUrl: () => {
      const buttons = card.message.reply_markup?.inline_keyboard.flat() ?? [];
      return buttons.flatMap((button) => ('url' in button ? [button.url] : []))[0];
    },
  };
}

async function inDiscord(): Promise<Chair> {
  const anna = discord.fake.user(ids.anna);
  let card: APIMessage;
  const now = async (reply: Promise<{ readonly message: APIMessage | null }>) => {
    const { message } = await reply;
    if (!message) throw new Error('no card');
    card = message;
    return readIn(card);
  };
  const buttons = () =>
    (card.components ?? []).flatMap((row) =>
      row.type === ComponentType.ActionRow
        ? row.components.filter((part) => part.type === ComponentType.Button)
        : [],
    );
  const press = (label: string) => {
    const pressed = buttons().find((button) => 'custom_id' in button && button.label === label);
    return anna.press(card, pressed && 'custom_id' in pressed ? pressed.custom_id : label);
  };
  return {
    texts: { nothing: /Rien à l’antenne/, stop: '■ Arrêter' },
    play: (channel) => now(finished(anna.command(ids.tv, 'play', { channel }), 15_000)),
    stop: () => now(anna.command(ids.tv, 'stop').answered()),
    press: (label) => now(finished(press(label), 15_000)),
    askForLink: async () => {
      await anna.command(ids.tv, 'vlc').answered();
    },
    pressForLink: async () => {
      await press('VLC').followedUp();
    },
    lastPrivateMessage: () => discord.fake.dms(ids.anna).at(-1)?.content ?? '',
    watchUrl: () => buttons().flatMap((button) => ('url' in button ? [button.url] : []))[0],
  };
}

/** The private link of a new message, with an address that works in this test. */
async function newLink(chair: Chair, ask: () => Promise<void>): Promise<string> {
  const before = chair.lastPrivateMessage();
  await ask();
  await expect.poll(chair.lastPrivateMessage).not.toBe(before);
  const [address = ''] = /http:\S+\.ts/.exec(chair.lastPrivateMessage()) ?? [];
  return address.replace(PUBLIC_URL, server.url);
}

/** Fails unless the address delivers two seconds of picture and sound. */
async function plays(link: string): Promise<void> {
  const { stderr } = await execa(ffmpeg, ['-hide_banner', '-i', link, '-t', '2', '-f', 'null', '-'], {
    timeout: 20_000,
  });
  expect(stderr).toMatch(/Video: h264.*704x576/);
  expect(stderr).toMatch(/Audio: \w+/);
  expect(Number(/frame=\s*(\d+)(?![\s\S]*frame=)/.exec(stderr)?.[1])).toBeGreaterThan(40);
}

describe.each([
  ['Telegram', inTelegram],
  ['Discord', inDiscord],
] as const)('an evening in %s', (_, sitDown) => {
  let chair: Chair;
  beforeAll(async () => {
    chair = await sitDown();
  });

  it('works by commands: channel, card, picture, link for VLC, stop', async () => {
    expect(await chair.play('deux')).toMatch(/Deux/);
    expect(chair.watchUrl()).toBe(`${PUBLIC_URL}/watch`);
    await moves(watch, DEUX);
    await plays(await newLink(chair, chair.askForLink));
    expect(await chair.stop()).toMatch(chair.texts.nothing);
    await moves(watch, SLATE);
  }, 60_000);

  it('works by buttons alone: channel, card, picture, link for VLC, stop', async () => {
    expect(await chair.press('◀ Deux')).toMatch(/Deux/);
    await moves(watch, DEUX);
    await plays(await newLink(chair, chair.pressForLink));
    expect(await chair.press(chair.texts.stop)).toMatch(chair.texts.nothing);
    await moves(watch, SLATE);
  }, 60_000);
});
