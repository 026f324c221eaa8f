import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWNER_CODE_LIFETIME } from '../../src/access/owner-codes.ts';
import { AppError } from '../../src/domain/errors.ts';
import { bearer } from '../fakes/http-context.ts';
import { type Room, startRoom, until } from './room.ts';

const [ANA, BEN] = [7, 8];
let room: Room;
beforeEach(async () => {
  room = await startRoom({ telegram: { answerFirst: true } });
  room.telegram.user(ANA, { first_name: 'Ana' });
  room.telegram.user(BEN, { first_name: 'Ben', language_code: 'fr' });
  const set = await call('PUT', '/api/setup/telegram', { token: room.telegram.token });
  expect(set.statusCode).toBe(200);
  await room.startTelegram();
  await room.telegram.polled();
});
afterEach(async () => {
  await room.stop();
  expect(room.telegram.violations).toEqual([]);
});

const call = (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) =>
  room.http.app.inject({ method, url, headers: bearer, ...(payload ? { payload } : {}) });
const page = async () => (await call('GET', '/api/setup/telegram')).json();
/** What the link of the page sends to the bot. */
const payload = async () => new URL((await page()).start_url).searchParams.get('start') ?? '';
const user = (id: number) => room.telegram.user(id);
const admins = () => room.http.telegram.settings.get('TELEGRAM_ADMIN_IDS');

describe('the link of the set-up page', () => {
  it('makes who opens it an admin, who learns what to do next and gets the menu of admins', async () => {
    const welcome = await user(ANA)
      .start(await payload())
      .reply('You are an admin of Zapette now, Ana.');
    expect(welcome.text).toMatch(/\/play/);
    expect(welcome.message.reply_markup?.inline_keyboard).toMatchObject([
      [{ text: 'Add me to a group', url: 'https://t.me/zapette_bot?startgroup=true' }],
    ]);
    expect(await page()).toMatchObject({ start_url: null, admins: [{ id: '7', name: 'Ana' }] });
    await until(() => room.telegram.shownCommands(user(ANA), ANA).some(({ command }) => command === 'admin'));
    await user(ANA).say(ANA, '/admin').reply(/allow/);
    const { items } = (await call('GET', '/api/audit')).json();
    expect(items[0]).toMatchObject({ by: { id: 'telegram:7', name: 'Ana' }, action: 'owner_made' });
  });

  it('speaks the language of who opens it', async () => {
    await user(BEN)
      .start(await payload())
      .reply('Vous êtes maintenant administrateur de Zapette, Ben.');
  });

  it('works for the first of two people; the other one is answered as a stranger, with a hint', async () => {
    const code = await payload();
    const [ana, ben] = [user(ANA).start(code), user(BEN).start(code)];
    await ana.reply('You are an admin');
    const refusal = await ben.reply(/il a déjà servi/);
    expect(refusal.text).toContain('8');
    expect(admins()).toBe('7');
    await user(BEN).say(BEN, '/play arte').reply(/8/);
  });

  it('works once, for the same person too, who stays an admin', async () => {
    const code = await payload();
    await user(ANA).start(code).reply('You are an admin');
    const again = await user(ANA)
      .start(code)
      .reply(/it has been used/);
    expect(again.text).toContain('/admin');
    expect(admins()).toBe('7');
  });

  it('ends after a quarter of an hour', async () => {
    const code = await payload();
    room.http.clock.skip(OWNER_CODE_LIFETIME);
    await user(ANA)
      .start(code)
      .reply(/older than 15 minutes/);
    expect(admins()).toBeUndefined();
  });

  it('ends when the next one is made', async () => {
    const code = await payload();
    await call('POST', '/api/setup/telegram/code');
    await user(ANA)
      .start(code)
      .reply(/does not make you an admin/);
    await user(ANA)
      .start(await payload())
      .reply('You are an admin');
  });

  it('says why, where the settings cannot be changed, and works afterwards', async () => {
    const code = await payload();
    room.http.telegram.failure = new AppError('disk_full', { path: '/data' });
    await user(ANA).start(code).reply(/full/);
    room.http.telegram.failure = new Error('a bug');
    await user(ANA)
      .start(code)
      .reply(/ref [0-9a-f]+/);
    room.http.telegram.failure = null;
    await user(ANA).start(code).reply('You are an admin');
  });

  it('appears in no log', async () => {
    const code = await payload();
    await user(BEN).start('owner_wrong').reply();
    await user(ANA).start(code).reply();
    expect(room.log()).not.toContain(code);
  });
});

describe('a code that is sent to a group', () => {
  it('is not accepted, and no longer works for anybody', async () => {
    const group = room.telegram.group('Room', { members: [user(ANA), user(BEN)] });
    const code = await payload();
    await user(ANA)
      .say(group, `/start@zapette_bot ${code}`)
      .reply(/private chat only/);
    expect(await page()).toMatchObject({ start_url: null });
    await user(BEN)
      .start(code)
      .reply(/Ce lien/);
    expect(admins()).toBeUndefined();
  });

  it('gets the same answer if it is wrong, which ends nothing', async () => {
    const group = room.telegram.group('Room', { members: [user(ANA)] });
    const code = await payload();
    await user(ANA)
      .say(group, '/start@zapette_bot owner_wrong')
      .reply(/private chat only/);
    await user(ANA).start(code).reply('You are an admin');
  });
});

it('a payload for a command is none for an admin', async () => {
  const help = await user(ANA).start('help').reply();
  expect(help.text).not.toMatch(/admin of Zapette/);
  expect(admins()).toBeUndefined();
});
