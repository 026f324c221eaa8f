import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, isCommand, LibraryBot } from './library-bot.ts';
import { ids } from './scene.ts';

/** Tests messages and their components through discord.js. */

let bot: LibraryBot;
beforeEach(async () => {
  bot = await LibraryBot.start();
});
afterEach(() => bot.stop());

const anna = () => bot.scene.fake.user(ids.anna);

function button(id: string): ActionRowBuilder<ButtonBuilder> {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(id).setLabel('Stop').setStyle(ButtonStyle.Danger),
  );
}

describe('components', () => {
  it('can be pressed, also after a restart of the bot', async () => {
    const { fake } = bot.scene;
    bot.react = async (interaction) => {
      if (isCommand(interaction))
        await interaction.reply({ content: 'card', components: [button('v1:stop')] });
      if (interaction.isButton())
        await interaction.update({ content: `by ${interaction.user.id}`, components: [] });
    };
    const card = await anna().command(ids.tv, 'play', { channel: 'tf1' }).answered();
    await bot.restart();
    const message = fake.messages(ids.tv)[0];
    expect(message?.id).toBe(card.message?.id);
    const pressed = await fake
      .user(ids.boss)
      .press(message ?? '', 'v1:stop')
      .answered();
    expect(pressed.message).toMatchObject({ id: message?.id, content: `by ${ids.boss}`, components: [] });
    expect(() => anna().press(message?.id ?? '', 'v1:stop')).toThrow('has no "v1:stop"');
    expect(fake.violations).toEqual([]);
  });

  it('include menus to choose from and forms to fill in', async () => {
    const menu = new StringSelectMenuBuilder()
      .setCustomId('menu')
      .addOptions(['a', 'b'].map((value) => ({ label: value, value })));
    const form = new ModalBuilder()
      .setCustomId('form')
      .setTitle('Search')
      .addComponents(
        new ActionRowBuilder<TextInputBuilder>().addComponents(
          new TextInputBuilder().setCustomId('text').setLabel('Text').setStyle(TextInputStyle.Short),
        ),
      );
    bot.react = async (interaction) => {
      if (isCommand(interaction)) {
        const components = [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)];
        await interaction.reply({ content: 'choose', components });
      } else if (interaction.isStringSelectMenu()) await interaction.showModal(form);
      else if (interaction.isModalSubmit()) {
        await interaction.deferReply();
        await interaction.followUp(`${interaction.fields.getTextInputValue('text')}!`);
      }
    };
    const { message } = await anna().command(ids.tv, 'play', { channel: 'x' }).answered();
    const opened = await anna()
      .select(message ?? '', 'menu', ['b'])
      .answered();
    expect(opened.modal).toMatchObject({ custom_id: 'form', title: 'Search' });
    const sent = await anna().submitModal(opened, { text: 'news' }).answered();
    // The first follow-up replaces "thinking".
    expect(sent.state).toMatchObject({ deferred: true, message: { content: 'news!' }, followups: [] });
    expect(bot.scene.fake.violations).toEqual([]);
  });
});

describe('long-lived cards', () => {
  it('are edited by the channel’s route, since the webhook expires after 15 minutes', async () => {
    const { fake, clock } = bot.scene;
    let expired: unknown;
    bot.react = async (interaction) => {
      if (!isCommand(interaction)) return;
      await interaction.reply('card');
      clock.skip(15 * 60_000 + 1);
      await interaction.editReply('too late').catch((error: unknown) => {
        expired = codeOf(error);
      });
      const channel = await bot.client.channels.fetch(interaction.channelId);
      const last = fake.messages(ids.tv).at(-1)?.id ?? '';
      if (channel?.isSendable()) {
        await channel.messages.edit(last, 'still here');
        await channel.messages.edit(last, 'too soon');
      }
    };
    const reply = anna().command(ids.tv, 'play', { channel: 'tf1' });
    await reply.until(({ message }) => message?.content === 'too soon');
    expect(expired).toBe(50027);
    expect(fake.edits(reply.message?.id ?? '').map(({ via }) => via)).toEqual(['channel', 'channel']);
    expect(fake.violations.map(({ kind }) => kind)).toEqual(['refused', 'edit-rate']);
  });

  it('disappear when a moderator deletes them, and are refused without permission', async () => {
    const { fake } = bot.scene;
    const channel = await bot.client.channels.fetch(ids.tv);
    if (!channel?.isSendable()) throw new Error('no channel');
    const card = await channel.send('card');
    fake.deleteMessage(card.id);
    await expect(card.edit('again')).rejects.toMatchObject({ code: 10008 });
    fake.withdraw(ids.tv, 'SEND_MESSAGES');
    await expect(channel.send('card')).rejects.toMatchObject({ code: 50013 });
    fake.withdraw(ids.tv, 'VIEW_CHANNEL');
    await expect(channel.send('card')).rejects.toMatchObject({ code: 50001 });
    expect(fake.violations).toEqual([]);
  });

  it('wait for a rate limit', async () => {
    const { fake } = bot.scene;
    fake.limitNext('POST /channels/:channel/messages', 0.2);
    const channel = await bot.client.channels.fetch(ids.tv);
    if (!channel?.isSendable()) throw new Error('no channel');
    await channel.send('patient');
    expect(fake.calls.filter(({ method }) => method === 'POST').map(({ status }) => status)).toEqual([
      429, 200,
    ]);
    expect(fake.violations).toEqual([]);
  });
});
