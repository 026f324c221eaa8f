import { afterEach, describe, expect, it } from 'vitest';
import { registry } from '../../src/commands/registry.ts';
import { commandNames } from '../../src/domain/command-name.ts';
import { ids } from '../fakes/discord/scene.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

let room: Room;
afterEach(() => room.stop());

const GUILD = 'PUT /applications/:application/guilds/:guild/commands';
const EVERYWHERE = 'PUT /applications/:application/commands';
const counts = () => [room.discord.fake.count(GUILD), room.discord.fake.count(EVERYWHERE)];

describe('Discord’s commands', () => {
  it('are registered in one request, in their scope only, and not again while nothing changes', async () => {
    room = await startRoom();
    await (await room.startDiscord()).stop();
    expect(counts()).toEqual([1, 1]);
    const { fake } = room.discord;
    expect(fake.registeredCommands(ids.guild).map(({ name }) => name)).toEqual([...commandNames]);
    expect(fake.registeredCommands('global')).toEqual([]);
    await (await room.startDiscord()).stop();
    expect(counts()).toEqual([1, 1]);
    expect(fake.violations).toEqual([]);
    room.registered.hash = 'of another version';
    await room.startDiscord();
    expect(counts()).toEqual([2, 2]);
  });

  it('are registered again after a refusal, and the bot works meanwhile', async () => {
    room = await startRoom({ isTimeFake: true });
    room.discord.fake.failNext(GUILD, { status: 400, code: 50035 });
    await room.startDiscord();
    expect(room.registered.hash).toBeNull();
    expect(room.states.discord).toEqual(['commands_refused']);
    expect(room.log()).toContain('400 50035');
    await room.http.clock.advance(5_000);
    await until(() => room.states.discord.at(-1) === 'on');
    expect(room.discord.fake.registeredCommands(ids.guild)).toHaveLength(commandNames.length);
  });

  it('count as registered although the disk cannot store their hash', async () => {
    room = await startRoom({ isTimeFake: true });
    room.registered.isDiskFull = true;
    await room.startDiscord();
    expect(room.states.discord).toEqual(['on']);
    await room.http.clock.advance(60_000);
    expect(counts()).toEqual([1, 1]);
  });

  it('wait for an invitation while the bot may not register any in the server', async () => {
    room = await startRoom({ isTimeFake: true });
    room.discord.fake.failNext(GUILD, { status: 403, code: 50001 });
    await room.startDiscord();
    expect(room.states.discord).toEqual(['not_invited']);
    expect(room.log()).toContain('I am not in the chosen server, or was invited without');
    await room.http.clock.advance(5_000);
    await until(() => room.states.discord.at(-1) === 'on');
  });

  it('are registered again as soon as the bot is invited again, without a restart', async () => {
    room = await startRoom();
    await room.startDiscord();
    const invite = room.discord.fake.kickBot(ids.guild);
    await until(() => room.states.discord.at(-1) === 'not_invited');
    expect(room.discord.fake.registeredCommands(ids.guild)).toEqual([]);
    invite();
    await until(() => room.states.discord.at(-1) === 'on');
    expect(room.discord.fake.registeredCommands(ids.guild)).toHaveLength(commandNames.length);
    expect(room.states.discord).toEqual(['on', 'not_invited', 'on']);
  });

  it('are not registered in a server that the bot is not in', async () => {
    room = await startRoom({ guildId: '200000000000000009' });
    await room.startDiscord();
    expect(room.states.discord).toEqual(['not_invited']);
    expect(counts()).toEqual([0, 0]);
  });

  it('wait out a rate limit', async () => {
    room = await startRoom();
    room.discord.fake.limitNext(GUILD, 1);
    await room.startDiscord();
    expect(room.states.discord).toEqual(['on']);
    expect(room.discord.fake.registeredCommands(ids.guild)).toHaveLength(commandNames.length);
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('of admins are hidden by default from members who do not manage the server', async () => {
    room = await startRoom();
    await room.startDiscord();
    for (const command of room.discord.fake.registeredCommands(ids.guild)) {
      const isForAdmins = registry[command.name as keyof typeof registry].role === 'admin';
      expect([command.name, command.default_member_permissions]).toEqual([
        command.name,
        isForAdmins ? '32' : null,
      ]);
    }
  });
});

describe('Telegram’s menus', () => {
  it('show everybody’s commands in each language', async () => {
    room = await startRoom();
    await room.startTelegram();
    const everybody = commandNames.filter((name) => registry[name].role !== 'admin');
    for (const language of ['', 'fr', 'en']) {
      expect(room.telegram.commands('default', language).map(({ command }) => command)).toEqual(everybody);
    }
    expect(JSON.stringify(room.telegram.commands('default', 'fr'))).toContain(
      'Obtenir l’adresse où regarder',
    );
  });
  it('show admins all commands in their private chat while they are admins', async () => {
    const listed = { discord: idsByRole({}), telegram: idsByRole({ viewer: [8] }) };
    room = await startRoom({ listed });
    const { people } = room.http.context;
    people.setStanding({ id: 'telegram:7', name: 'Ada' }, 'admin', 0);
    await room.startTelegram();
    const [admin, viewer] = [room.telegram.user(7, { language_code: 'fr' }), room.telegram.user(8)];
    const shown = (user: typeof admin) =>
      room.telegram.shownCommands(user, user).map(({ command }) => command);
    await admin.start().reply();
    await viewer.start().reply();
    await expect.poll(() => shown(admin)).toEqual([...commandNames]);
    expect(shown(viewer)).not.toContain('doctor');
    people.setStanding({ id: 'telegram:7', name: 'Ada' }, 'viewer', 0);
    await admin.say(7, '/help').reply();
    await expect.poll(() => shown(admin)).not.toContain('doctor');
    expect(room.telegram.violations).toEqual([]);
  });
  it('lose the admin commands at the first message of a person who is no longer an admin, after a restart', async () => {
    room = await startRoom();
    const { people } = room.http.context;
    people.setStanding({ id: 'telegram:7', name: 'Ada' }, 'admin', 0);
    await room.startTelegram();
    const user = room.telegram.user(7);
    const shown = () => room.telegram.shownCommands(user, user).map(({ command }) => command);
    await user.start().reply();
    await expect.poll(shown).toEqual([...commandNames]);
    await room.restart();
    people.setStanding({ id: 'telegram:7', name: 'Ada' }, 'viewer', 0);
    await user.say(7, '/help').reply();
    await expect.poll(shown).not.toContain('doctor');
    const taken = room.telegram.count('deleteMyCommands');
    await user.say(7, '/status').reply();
    await user.say(7, '/help').reply();
    expect(room.telegram.count('deleteMyCommands')).toBe(taken);
    expect(room.telegram.violations).toEqual([]);
  });
});
