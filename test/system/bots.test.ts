import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finished } from '../bots/calling.ts';
import { type BotsApp, startBotsApp } from '../fakes/bots-app.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ids } from '../fakes/discord/scene.ts';

/** Runs both bots over the demo's channels. */
const VIEWER = 7;
const CONTROLLER = 8;
const STRANGER = 9;

let dataDirs: DataDirs;
let app: BotsApp;
let discord: BotsApp['discord'];
let telegram: BotsApp['telegram'];
let server: BotsApp['server'];
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  app = await startBotsApp(await dataDirs.next(), {
    TELEGRAM_VIEWER_IDS: String(VIEWER),
    TELEGRAM_CONTROLLER_IDS: String(CONTROLLER),
  });
  ({ discord, telegram, server } = app);
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await dataDirs?.remove();
});

const SOON = { timeout: 10_000 };
const onAir = async () => (await server.get('/stream_status')).body;

/** The final answer that replaced "Opening …". */
async function cardOf({ id }: { readonly id: number }) {
  await expect.poll(() => telegram.message(id)?.text, SOON).toContain('● ');
  const card = telegram.message(id);
  if (!card) throw new Error('the card is gone');
  return card;
}

describe('Telegram', () => {
  it('plays a channel by its name, says who asked, and stops it by a button', async () => {
    const user = telegram.user(CONTROLLER, { language_code: 'fr' });
    await user.start().reply(/Voici ce que je sais faire/);
    const card = await cardOf(await user.say(CONTROLLER, '/play deux').reply(/Deux/));
    expect(await onAir()).toMatchObject({ state: 'live', channel_name: 'Deux' });
    await user.press(card, '■ Arrêter').edit();
    expect(await onAir()).toMatchObject({ state: 'idle', channel_id: null });
  }, 30_000);

  it('offers the channels that a name could mean, and plays the one pressed', async () => {
    const user = telegram.user(VIEWER, { language_code: 'en' });
    await user.start().reply();
    const choice = await user.say(VIEWER, '/play zapette sport').reply(/Several channels match/);
    const second = choice.buttons.flat().find((label) => label.startsWith('Zapette Sport 2')) ?? '';
    await user.press(choice, second).edit();
    await expect.poll(onAir, SOON).toMatchObject({ channel_name: 'Zapette Sport 2 HD' });
  }, 30_000);

  it('says what is on and where to watch, and that no channel matches a name', async () => {
    const user = telegram.user(VIEWER);
    await user.say(VIEWER, '/status').reply(/Zapette Sport 2 · HD/);
    await user.say(VIEWER, '/watch').reply(/192\.168\.1\.5/);
    await user.say(VIEWER, '/play qqqqxxxx').reply(/No channel matches/);
    await user.say(VIEWER, '/search mete').reply(/Found/);
  }, 30_000);

  it('logs a person in on the web with their identity, by a private link', async () => {
    const user = telegram.user(CONTROLLER, { language_code: 'fr' });
    const answer = await user.say(CONTROLLER, '/login').reply(/Ce lien vous connecte/);
    const link = /\/login\/[\w-]+/.exec(JSON.stringify(answer))?.[0] ?? '';
    const login = await fetch(server.url + link, { method: 'POST', redirect: 'manual' });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    const me = await (await fetch(`${server.url}/api/me`, { headers: { cookie } })).json();
    expect(me).toMatchObject({ id: `telegram:${CONTROLLER}`, role: 'controller' });
  }, 30_000);

  it('answers in the language that the person chose', async () => {
    const user = telegram.user(VIEWER, { language_code: 'en' });
    await user.start().reply();
    await user.say(VIEWER, '/lang klingon').reply(/Unknown choice/);
    await user.say(VIEWER, '/lang FR').reply(/en français/);
    await user.say(VIEWER, '/play qqqqxxxx').reply(/Aucune chaîne ne ressemble à/);
    await user.say(VIEWER, '/lang en').reply(/in English/);
  }, 30_000);

  it('browses, keeps and plays favourites, and shows the history', async () => {
    const user = telegram.user(VIEWER);
    const categories = await user.say(VIEWER, '/channels').reply(/5 categories/);
    const channels = await user.press(categories, 'Sports').edit(/Sports · 2 channels/);
    await user.press(channels, '↩ Categories').edit(/5 categories/);
    const kept = await user.say(VIEWER, '/fav add zapete sport 1').reply(/★ Zapette Sport 1/);
    await user.press(kept, '✖ Remove').edit(/was removed from your favourites/);
    await user.say(VIEWER, '/fav add meteo').reply(/★ Météo Zapette/);
    const list = await user.say(VIEWER, '/fav').reply(/Your favourites/);
    await user.press(list, '▶ Météo Zapette').edit();
    await expect.poll(onAir, SOON).toMatchObject({ channel_name: 'Météo Zapette' });
    await user.say(VIEWER, '/epg').reply(/\d\d:\d\d–\d\d:\d\d .*\n[▰▱]{10} \d+ %/);
    await user.say(VIEWER, '/history').reply(/Météo Zapette .* on air/);
    await user.say(VIEWER, '/play zapette sport 2').reply(/Zapette Sport 2/);
  }, 30_000);

  it('does not let a viewer stop another person’s channel, and only shows a stranger their id', async () => {
    await cardOf(await telegram.user(CONTROLLER).say(CONTROLLER, '/play deux').reply(/Deux/));
    await telegram
      .user(VIEWER)
      .say(VIEWER, '/stop')
      .reply(/You may not/);
    const stranger = telegram.user(STRANGER, { language_code: 'en' });
    await stranger.start().reply(new RegExp(`Send this number to its owner.*${STRANGER}`, 's'));
    await stranger.say(STRANGER, '/play deux').reply(/Send this number/);
    expect(await onAir()).toMatchObject({ channel_name: 'Deux' });
  }, 30_000);
});

describe('Discord', () => {
  it('plays a channel by its name and stops it by a button', async () => {
    const anna = discord.fake.user(ids.anna);
    const reply = await finished(anna.command(ids.tv, 'play', { channel: 'météo' }, { locale: 'fr' }));
    expect(reply.message?.content).toContain('Météo Zapette');
    expect(await onAir()).toMatchObject({ state: 'live', channel_name: 'Météo Zapette', asked_by: 'Anna' });
    const stop = /v1:stop/.exec(JSON.stringify(reply.message))?.[0] ?? '';
    await anna.press(reply.message?.id ?? '', stop).answered();
    await expect.poll(onAir).toMatchObject({ state: 'idle' });
  }, 30_000);

  it('suggests channels while a person types, and plays the chosen one', async () => {
    const anna = discord.fake.user(ids.anna);
    const typing = await anna.autocomplete(ids.tv, 'play', 'channel', 'spor').answered();
    const [first] = typing.choices ?? [];
    expect(first).toMatchObject({
      name: expect.stringContaining('Sport'),
      value: expect.stringMatching(/^#\d+$/),
    });
    await finished(anna.command(ids.tv, 'play', { channel: String(first?.value) }));
    expect(await onAir()).toMatchObject({ channel_id: Number(String(first?.value).slice(1)) });
  }, 30_000);

  it('offers verbs as subcommands with suggestions', async () => {
    const anna = discord.fake.user(ids.anna);
    const english = { locale: 'en-GB' };
    const added = await anna.command(ids.tv, 'fav add', { channel: 'zapete sport 1' }, english).answered();
    expect(added.ephemeral).toBe(true);
    expect(added.message?.content).toContain('★ Zapette Sport 1');
    const typing = await anna.autocomplete(ids.tv, 'fav play', 'favourite', 'spo').answered();
    expect(typing.choices).toEqual([{ name: '★ Zapette Sport 1', value: '#201' }]);
    const played = await finished(anna.command(ids.tv, 'fav play', { favourite: '#201', quality: 'HD' }));
    expect(played.ephemeral).toBe(false);
    expect(await onAir()).toMatchObject({ channel_id: 201 });
    const nothingTyped = await anna.autocomplete(ids.tv, 'play', 'channel', '').answered();
    expect(nothingTyped.choices?.[0]).toEqual({ name: '★ Zapette Sport 1 · FHD', value: '#201' });
  }, 30_000);

  it('turns the pages of the list in one message', async () => {
    const anna = discord.fake.user(ids.anna);
    const list = await anna.command(ids.tv, 'channels', {}, { locale: 'en-GB' }).answered();
    const { id = '' } = list.message ?? {};
    const page = await anna.press(id, 'v1:channels:9:1', { locale: 'en-GB' }).answered();
    expect(page.message).toMatchObject({ id, content: expect.stringContaining('Tests** · 7 channels') });
  }, 30_000);

  it('reports errors to the asker alone, and suggests nothing to strangers', async () => {
    const anna = discord.fake.user(ids.anna);
    const reply = anna.command(ids.tv, 'play', { channel: 'qqqqxxxx' }, { locale: 'en-GB' });
    await reply.followedUp(1);
    expect(JSON.stringify(reply.followups)).toContain('No channel matches');
    const help = await anna.command(ids.tv, 'help').answered();
    expect(help.ephemeral).toBe(true);
  }, 30_000);
});
