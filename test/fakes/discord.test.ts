import { Events, MessageFlags } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, commands, isCommand, LibraryBot } from './discord/library-bot.ts';
import { ids } from './discord/scene.ts';

/** Tests the fake through discord.js, the bot's library. */

let bot: LibraryBot;
beforeEach(async () => {
  bot = await LibraryBot.start();
});
afterEach(() => bot.stop());

const anna = () => bot.scene.fake.user(ids.anna);

describe('a connected bot', () => {
  it('sees the server and its channels', () => {
    const guild = bot.client.guilds.cache.get(ids.guild);
    expect(guild?.name).toBe('Living room');
    expect(guild?.channels.cache.map(({ name }) => name)).toEqual(['tv', 'other']);
    expect(guild?.members.cache.map(({ id }) => id)).toEqual([ids.application]);
    expect(bot.scene.fake.violations).toEqual([]);
  });

  it('has its commands by scope, and a violation for commands in both scopes', async () => {
    const { fake } = bot.scene;
    expect(fake.registeredCommands(ids.guild).map(({ name }) => name)).toEqual([
      'play',
      'favourites',
      'stop',
    ]);
    await bot.client.application?.commands.set([]);
    expect(await bot.client.application?.commands.fetch({ guildId: ids.guild })).toHaveLength(3);
    expect(fake.violations).toEqual([]);
    await bot.client.application?.commands.set(commands.slice(0, 1));
    expect(fake.violations).toMatchObject([
      { kind: 'registration', detail: expect.stringContaining('/play') },
    ]);
    expect(fake.count('PUT /applications/:application/commands')).toBe(2);
  });

  it('has its presence recorded, and a violation for updates that come too soon', async () => {
    const { fake, clock } = bot.scene;
    bot.client.user?.setActivity('TF1');
    await fake.until(() => fake.presences.find(({ activities }) => activities[0]?.name === 'TF1'));
    clock.skip(15_000);
    bot.client.user?.setActivity('Arte');
    await fake.until(() => fake.presences[1]);
    expect(fake.violations).toEqual([]);
    bot.client.user?.setActivity('M6');
    await fake.until(() => fake.presences[2]);
    expect(fake.violations).toMatchObject([{ kind: 'presence-rate' }]);
  });

  it('is refused with a wrong token', async () => {
    const stranger = bot.makeClient();
    await expect(stranger.login('wrong')).rejects.toThrow(/token/i);
    await stranger.destroy();
    expect(bot.scene.fake.violations).toMatchObject([
      { kind: 'refused', detail: expect.stringContaining('401') },
    ]);
  });
});

describe('commands', () => {
  it('can be deferred, then edited, for their user only', async () => {
    const { fake } = bot.scene;
    bot.react = async (interaction) => {
      if (!isCommand(interaction)) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply(`${interaction.options.getString('channel')} ${interaction.locale}`);
      await interaction.followUp({ content: 'and more', flags: MessageFlags.Ephemeral });
    };
    const reply = anna().command(ids.tv, 'play', { channel: 'tf1' }, { locale: 'de' });
    await reply.answered();
    expect(reply.state).toMatchObject({ deferred: true, ephemeral: true, message: { content: 'tf1 de' } });
    expect(reply.acknowledgedAfterMs).toBeLessThan(3_000);
    await reply.followedUp();
    expect(reply.followups[0]?.content).toBe('and more');
    expect(fake.messages(ids.tv)).toEqual([]);
    expect(fake.edits(reply.message?.id ?? '')).toMatchObject([{ via: 'webhook' }]);
    expect(fake.violations).toEqual([]);
  });

  it('carry subcommands, the member and both languages', async () => {
    bot.react = async (interaction) => {
      if (!isCommand(interaction) || !interaction.inCachedGuild()) return;
      const { guildLocale, member, options } = interaction;
      const roles = member.roles.cache
        .map(({ name }) => name)
        .sort()
        .join();
      await interaction.reply(
        `${options.getSubcommand()} ${options.getInteger('number')} ${guildLocale} ${roles}`,
      );
    };
    const reply = await anna().command(ids.tv, 'favourites add', { number: 7 }).answered();
    expect(reply.message?.content).toBe('add 7 fr @everyone,DJ');
    expect(bot.scene.fake.messages(ids.tv)).toHaveLength(1);
  });

  it('cannot be used in places where the client would not offer them', () => {
    expect(() => anna().command(ids.tv, 'play')).toThrow('wants "channel"');
    expect(() => anna().command(ids.tv, 'favourites add', { number: 0 })).toThrow('too small');
    expect(() => anna().command(ids.tv, 'nonsense')).toThrow('not registered');
    expect(() => anna().command('dm', 'play', { channel: 'tf1' })).toThrow('not registered');
    expect(() => anna().command(ids.tv, 'stop')).toThrow('hidden');
    bot.scene.fake.user(ids.boss).command(ids.tv, 'stop').supersede();
    anna().command(ids.tv, 'stop', {}, { overridden: true }).supersede();
  });

  it('complete typed text', async () => {
    bot.react = async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `Channel ${value}`, value: '123' }]);
    };
    const reply = await anna().autocomplete(ids.tv, 'play', 'channel', 'tf').answered();
    expect(reply.choices).toEqual([{ name: 'Channel tf', value: '123' }]);
    const old = anna().autocomplete(ids.tv, 'play', 'channel', 't').supersede();
    await old.until(({ refusals }) => refusals.length > 0);
    await bot.scene.fake.until(() => bot.failures[0]);
    expect(bot.failures.map(codeOf)).toEqual([10062]);
    expect(bot.scene.fake.violations).toEqual([]);
  });

  it('must be acknowledged once and in time', async () => {
    const { fake, clock } = bot.scene;
    bot.react = async (interaction) => {
      if (!isCommand(interaction)) return;
      const { id, token: own } = interaction;
      await interaction.reply('one');
      await bot.client.rest.post(`/interactions/${id}/${own}/callback`, {
        auth: false,
        body: { type: 4, data: { content: 'two', allowed_mentions: { parse: [] } } },
      });
    };
    const twice = anna().command(ids.tv, 'play', { channel: 'tf1' });
    await twice.until(({ refusals }) => refusals.includes(40060));
    bot.react = async (interaction) => {
      clock.skip(3_001);
      if (isCommand(interaction)) await interaction.reply('late');
    };
    const late = anna().command(ids.tv, 'play', { channel: 'tf1' });
    await late.until(({ refusals }) => refusals.includes(10062));
    await fake.until(() => bot.failures[1]);
    expect(bot.failures.map(codeOf)).toEqual([40060, 10062]);
    expect(fake.violations.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'unanswered']);
  });

  it('may send files, and a violation shows accidental mentions', async () => {
    bot.react = async (interaction) => {
      if (!isCommand(interaction)) return;
      await interaction.reply({
        content: `@everyone <@${ids.boss}>`,
        files: [{ name: 'a.txt', attachment: Buffer.from('abc') }],
      });
      await interaction.followUp({ content: `<@${ids.boss}>`, allowedMentions: { parse: ['users'] } });
    };
    const reply = anna().command(ids.tv, 'play', { channel: 'tf1' });
    await reply.followedUp();
    const { message, followups } = reply;
    expect(message?.attachments).toMatchObject([{ filename: 'a.txt', size: 3 }]);
    expect(bot.scene.fake.pings(message?.id ?? '')).toEqual([]);
    expect(bot.scene.fake.pings(followups[0]?.id ?? '')).toEqual([`user:${ids.boss}`]);
    expect(bot.scene.fake.violations).toMatchObject([{ kind: 'mentions' }]);
  });
});

describe('private messages', () => {
  it('arrive unless the person refuses them', async () => {
    const { fake } = bot.scene;
    const user = await bot.client.users.fetch(ids.anna);
    await user.send('psst');
    expect(fake.dms(ids.anna).map(({ content }) => content)).toEqual(['psst']);
    anna().closeDms();
    await expect(user.send('psst')).rejects.toMatchObject({ code: 50007, status: 403 });
    await expect(bot.client.users.send(ids.stranger, 'psst')).rejects.toMatchObject({ code: 50007 });
    expect(fake.violations).toEqual([]);
  });
});

describe('the gateway connection', () => {
  it('resumes after a drop, with the events from meanwhile', async () => {
    const { fake } = bot.scene;
    bot.react = async (interaction) => {
      if (isCommand(interaction)) await interaction.reply('here again');
    };
    const resumed = new Promise((resolve) =>
      bot.client.once(Events.ShardResume, (_, replayed) => resolve(replayed)),
    );
    fake.dropConnection(4000);
    await fake.until(() => (fake.gateway.online.length === 0 ? true : undefined));
    const reply = anna().command(ids.tv, 'play', { channel: 'tf1' });
    await reply.answered();
    expect(await resumed).toBeGreaterThan(0);
    fake.askToReconnect();
    await fake.until(() => (fake.gateway.resumed === 2 ? true : undefined));
    expect(fake.gateway.identified).toBe(1);
    expect(fake.violations).toEqual([]);
  });
});
