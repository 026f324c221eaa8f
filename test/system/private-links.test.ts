import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { type BotsApp, startBotsApp } from '../fakes/bots-app.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ids } from '../fakes/discord/scene.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

/** Follows private links from a chat to a player's picture, on a subscription with one connection. */
const [ONE, TWO] = [1, 2];
const FRIEND = 7;
const NEWCOMER = 10;

let dataDirs: DataDirs;
let source: TsSource;
let panel: FakePanel;
let app: BotsApp;
let discord: BotsApp['discord'];
let telegram: BotsApp['telegram'];
let server: BotsApp['server'];
/** All tokens given out, none of which may be logged. */
const tokens: string[] = [];

beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render({ seconds: 30 })]);
  panel = await FakePanel.start({
    channels: [
      { id: ONE, name: 'Une' },
      { id: TWO, name: 'Deux' },
    ],
    maxConnections: 1,
  });
  panel.live.set('*', source.serve);
  app = await startBotsApp(await dataDirs.next(), {
    XTREAM_URL: panel.url,
    XTREAM_USERNAME: panel.username,
    XTREAM_PASSWORD: panel.password,
    TELEGRAM_VIEWER_IDS: `${FRIEND},${NEWCOMER}`,
  });
  ({ discord, telegram, server } = app);
  await telegram.user(FRIEND, { language_code: 'en' }).start().reply();
}, 60_000);
afterAll(async () => {
  await app?.stop();
  source?.stop();
  await panel?.stop();
  await dataDirs?.remove();
  const log = JSON.stringify(server?.log());
  for (const token of tokens) expect(log).not.toContain(token);
});

/** The link in a message, with this server's own address. */
function linkIn(text: string | undefined): string {
  const [, token = ''] = /http:\/\/192\.168\.1\.5:8002\/vlc\/([\w-]{20,})\.ts/.exec(text ?? '') ?? [];
  expect(token).not.toBe('');
  tokens.push(token);
  return `${server.url}/vlc/${token}.ts`;
}

const play = (channelId: number) => server.post('/set_active_stream', { channel_id: channelId });

describe('in Discord', () => {
  it('a link arrives by private message, and the channel only shows a notice', async () => {
    const anna = discord.fake.user(ids.anna);
    const reply = await anna.command(ids.tv, 'vlc', { channel: 'une' }, { locale: 'fr' }).answered();
    expect(reply.ephemeral).toBe(true);
    expect(reply.message?.content).toBe('Envoyé en message privé.');
    const message = discord.fake.dms(ids.anna).at(-1);
    expect(message?.content).toMatch(/\*\*Une\*\* .*<t:\d+:f>/);
    expect((await fetch(linkIn(message?.content), { method: 'HEAD' })).status).toBe(200);
    expect(JSON.stringify(message?.components)).toContain(`/vlc/${tokens.at(-1)}.m3u`);
  });

  it('a link arrives in the channel for the asker alone if private messages are closed', async () => {
    const anna = discord.fake.user(ids.anna);
    anna.closeDms();
    const before = discord.fake.dms(ids.anna).length;
    const reply = await anna.command(ids.tv, 'vlc', { channel: 'une' }).answered();
    expect(reply.ephemeral).toBe(true);
    linkIn(reply.message?.content);
    expect(discord.fake.dms(ids.anna)).toHaveLength(before);

    await play(ONE);
    const card = await anna.command(ids.tv, 'status').answered();
    const pressed = await anna.press(card.message?.id ?? '', vlcButtonOf(card.message)).followedUp();
    linkIn(pressed.followups[0]?.content);
    expect(discord.fake.messages(ids.tv).some(({ content }) => content.includes('/vlc/'))).toBe(false);
    anna.openDms();
  });

  it('the card’s button leaves the card unchanged', async () => {
    await play(ONE);
    const anna = discord.fake.user(ids.anna);
    const card = await anna.command(ids.tv, 'status').answered();
    const pressed = await anna.press(card.message?.id ?? '', vlcButtonOf(card.message)).followedUp();
    expect(pressed.followups[0]).toMatchObject({ content: 'Sent to you by private message.' });
    linkIn(discord.fake.dms(ids.anna).at(-1)?.content);
    expect(discord.fake.edits(card.message?.id ?? '')).toHaveLength(1);
  });

  it('a person can list and end their links, but not end another person’s by a forged button', async () => {
    const anna = discord.fake.user(ids.anna);
    const list = await anna.command(ids.tv, 'links').answered();
    expect(list.ephemeral).toBe(true);
    expect(list.message?.content.split('\n').length).toBeGreaterThan(3);
    const endAll = 'v1:links:end:all';

    const friend = telegram.user(FRIEND);
    const link = linkIn((await friend.say(FRIEND, '/vlc deux').reply(/Deux/)).text);
    await anna
      .press(list.message?.id ?? '', endAll)
      .until(({ message }) => /no private links/.test(message?.content ?? ''));
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    const mine = await friend.say(FRIEND, '/links').reply(/Deux · never used/);
    await friend.press(mine, mine.buttons[0]?.[0] ?? '').edit(/no private links/);
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(404);
  });
});

describe('in Telegram', () => {
  it('a link is the answer in a private chat, with its expiry in the reader’s time zone', async () => {
    const friend = telegram.user(FRIEND);
    const answer = await friend.say(FRIEND, '/vlc une').reply(/Une/);
    linkIn(answer.text);
    expect(answer.buttons).toEqual([['▶ Open in VLC']]);
    const ends = answer.entities.find(({ type }) => type === 'date_time');
    const unix = ends?.type === 'date_time' ? ends.unix_time : 0;
    expect(Math.abs(unix - Date.now() / 1000 - 86_400)).toBeLessThan(60);
  });

  it('a link requested in a group arrives in the private chat', async () => {
    const friend = telegram.user(FRIEND);
    const group = telegram.group('Salon', { members: [friend] });
    const answer = await friend.say(group, '/vlc une').reply();
    expect(answer.text).toBe('Sent to you by private message.');
    linkIn(telegram.messages(FRIEND).at(-1)?.text);

    await play(ONE);
    const card = await friend.say(group, '/status').reply(/Une/);
    await friend.press(card, 'VLC').answer();
    await expect.poll(() => telegram.messages(FRIEND).at(-1)?.text).toContain('/vlc/');
    linkIn(telegram.messages(FRIEND).at(-1)?.text);
    expect(telegram.edits(card.id)).toEqual([]);
    expect(telegram.messages(group).some(({ text }) => text.includes('/vlc/'))).toBe(false);
  });

  it('a person who never started the bot is led to the private chat and gets the link there', async () => {
    const newcomer = telegram.user(NEWCOMER, { first_name: 'Nina', language_code: 'en' });
    const group = telegram.group('Salon', { members: [newcomer] });
    const answer = await newcomer.say(group, '/vlc deux').reply();
    expect(answer.text).toMatch(/^Nina, .*press Start/);
    const [button] = answer.message.reply_markup?.inline_keyboard.flat() ?? [];
    const url = button && 'url' in button ? button.url : '';
    expect(url).toMatch(new RegExp(`^https://t\\.me/${telegram.username}\\?start=vlc_k\\d+$`));
    const delivered = await newcomer.start(new URL(url).searchParams.get('start') ?? '').reply(/Deux/);
    linkIn(delivered.text);
    // The undelivered link is revoked.
    const { text } = await newcomer.say(NEWCOMER, '/links').reply(/Your private links/);
    expect(text.match(/Deux/g)).toHaveLength(1);
  });

  it('a list of links requested in a group arrives in the private chat', async () => {
    const friend = telegram.user(FRIEND);
    const group = telegram.group('Salon', { members: [friend] });
    await friend.say(FRIEND, '/vlc une').reply();
    await friend.say(group, '/links').reply('Sent to you by private message.');
    expect(telegram.messages(FRIEND).at(-1)?.text).toContain('Your private links:');
  });

  it.each(['stop', 'links_end', 'vlc_x', `vlc_${ONE}_2`])(
    'a deep link to "%s" does nothing',
    async (payload) => {
      const friend = telegram.user(FRIEND);
      await friend.start(payload).reply(/Here is what I can do/);
    },
  );
});

describe('with one connection', () => {
  it('a link plays beside the shared screen, with sound and picture, and ends when the screen switches', async () => {
    await play(ONE);
    const friend = telegram.user(FRIEND);
    const link = linkIn((await friend.say(FRIEND, '/vlc').reply(/Une/)).text);
    const before = panel.requests.length;
    const { path } = await findFfmpeg(null);
    const watched = execa(path, ['-hide_banner', '-i', link, '-t', '3', '-f', 'null', '-'], {
      timeout: 20_000,
    });
    await expect
      .poll(() =>
        friend
          .say(FRIEND, '/links')
          .reply()
          .then(({ text }) => text),
      )
      .toContain('playing on 1 device');
    const { stderr } = await watched;
    expect(stderr).toMatch(/Video: h264/);
    expect(stderr).toMatch(/Audio: aac/);
    expect(Number(/frame=\s*(\d+)(?![\s\S]*frame=)/.exec(stderr)?.[1])).toBeGreaterThan(60);
    expect(stderr).not.toMatch(/non-existing PPS|error while decoding/);
    expect(panel.mostOpen).toBe(1);
    expect(panel.requests.slice(before).filter(({ action }) => action === 'live')).toEqual([]);
    expect((await server.get('/stream_status')).body).toMatchObject({
      state: 'live',
      channel_id: ONE,
      restarts: 0,
    });

    const rider = await fetch(link);
    const riderEnded = rider.arrayBuffer();
    expect((await play(TWO)).status).toBe(200);
    expect((await riderEnded).byteLength % 188).toBe(0);
    const refused = await fetch(link, { headers: { 'accept-language': 'en' } });
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('(Deux)');
    expect((await server.get('/stream_status')).body).toMatchObject({
      state: 'live',
      channel_id: TWO,
      restarts: 0,
    });
    expect(panel.mostOpen).toBe(1);
  }, 40_000);

  it('a link’s player is disconnected when the server stops', async () => {
    await play(ONE);
    const friend = telegram.user(FRIEND);
    const { body } = await fetch(linkIn((await friend.say(FRIEND, '/vlc').reply(/Une/)).text));
    const ended = expect(new Response(body).arrayBuffer()).resolves.toBeDefined();
    await server.app.stop();
    await ended;
    await expect.poll(() => panel.open).toEqual([]);
    expect(server.log().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

/** What the VLC button of a card holds. */
function vlcButtonOf(message: object | null): string {
  return /v1:vlc:~\d+/.exec(JSON.stringify(message))?.[0] ?? 'no button';
}
