import {
  type AnyInteractionGateway,
  ApplicationCommandOptionTypes,
  ApplicationCommandTypes,
  ButtonStyles,
  Client,
  ComponentTypes,
  DiscordRESTError,
  InteractionTypes,
} from 'oceanic.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ids, type Scene, startScene, token } from './scene.ts';

/** Tests the fake through oceanic.js, a library that shares no code with discord.js. */

let scene: Scene;
let client: Client;
/** The bot's behaviour, which each test sets. */
let react: (interaction: AnyInteractionGateway) => Promise<unknown>;
let errors: unknown[];

function makeClient(auth = `Bot ${token}`): Client {
  const made = new Client({
    auth,
    allowedMentions: { everyone: false, roles: false, users: false, repliedUser: false },
    rest: { baseURL: `${scene.fake.api}/v10` },
    gateway: { intents: ['GUILDS'], guildCreateTimeout: 100 },
  });
  made.on('error', (error) => errors.push(error));
  made.on('interactionCreate', (interaction) => {
    react(interaction).catch((error: unknown) => errors.push(error));
  });
  return made;
}

beforeEach(async () => {
  scene = await startScene();
  errors = [];
  react = async () => {};
  client = makeClient();
  const ready = new Promise<void>((resolve) => client.once('ready', resolve));
  await client.connect();
  await ready;
  await client.application.bulkEditGuildCommands(ids.guild, [
    {
      type: ApplicationCommandTypes.CHAT_INPUT,
      name: 'play',
      description: 'Switch to a channel',
      options: [
        {
          type: ApplicationCommandOptionTypes.STRING,
          name: 'channel',
          description: 'Which one',
          required: true,
          autocomplete: true,
        },
      ],
    },
  ]);
});

afterEach(async () => {
  client.disconnect(false);
  await scene.fake.stop();
});

const anna = () => scene.fake.user(ids.anna);

it('a bot with oceanic.js sees the server and registers commands', async () => {
  expect(client.guilds.get(ids.guild)?.channels.map(({ name }) => name)).toEqual(['tv', 'other']);
  expect(await client.application.getGuildCommands(ids.guild)).toHaveLength(1);
  expect(scene.fake.violations).toEqual([]);
});

it('a bot with oceanic.js defers, edits, autocompletes and answers buttons', async () => {
  const { fake } = scene;
  react = async (interaction) => {
    if (interaction.type === InteractionTypes.APPLICATION_COMMAND) {
      await interaction.defer();
      await interaction.editOriginal({
        content: interaction.data.options.getString('channel', true),
        components: [
          {
            type: ComponentTypes.ACTION_ROW,
            components: [
              { type: ComponentTypes.BUTTON, style: ButtonStyles.PRIMARY, label: 'x', customID: 'stop' },
            ],
          },
        ],
      });
    } else if (interaction.type === InteractionTypes.APPLICATION_COMMAND_AUTOCOMPLETE) {
      await interaction.result([{ name: 'TF1', value: '1' }]);
    } else if (interaction.type === InteractionTypes.MESSAGE_COMPONENT) {
      await interaction.deferUpdate();
      await interaction.editOriginal({ content: 'stopped', components: [] });
    }
  };
  const typed = await anna().autocomplete(ids.tv, 'play', 'channel', 'tf').answered();
  expect(typed.choices).toEqual([{ name: 'TF1', value: '1' }]);
  const reply = await anna().command(ids.tv, 'play', { channel: 'tf1' }).answered();
  expect(reply.state).toMatchObject({ deferred: true, ephemeral: false, message: { content: 'tf1' } });
  const pressed = await anna()
    .press(reply.message?.id ?? '', 'stop')
    .answered();
  expect(pressed.message).toMatchObject({ id: reply.message?.id, content: 'stopped' });
  expect(fake.violations).toEqual([]);
});

it('a bot with oceanic.js is refused a second and a late answer', async () => {
  const codes: unknown[] = [];
  const noted = (error: unknown) => codes.push(error instanceof DiscordRESTError ? error.code : error);
  react = async (interaction) => {
    if (interaction.type !== InteractionTypes.APPLICATION_COMMAND) return;
    const { id, token: own } = interaction;
    if (codes.length > 0) scene.clock.skip(3_001);
    await client.rest.interactions.createInteractionResponse(id, own, { type: 5 }).catch(noted);
    await client.rest.interactions.createInteractionResponse(id, own, { type: 5 }).catch(noted);
  };
  anna().command(ids.tv, 'play', { channel: 'tf1' });
  await scene.fake.until(() => codes[0]);
  anna().command(ids.tv, 'play', { channel: 'tf1' });
  await scene.fake.until(() => codes[2]);
  expect(codes).toEqual([40060, 10062, 10062]);
});

it('a bot with oceanic.js cannot write to closed private messages, and waits for a rate limit', async () => {
  const { fake } = scene;
  anna().closeDms();
  const dm = await client.rest.users.createDM(ids.anna);
  await expect(dm.createMessage({ content: 'psst' })).rejects.toMatchObject({ code: 50007 });
  fake.limitNext('POST /channels/:channel/messages', 0.2);
  await client.rest.channels.createMessage(ids.tv, { content: 'patient' });
  expect(fake.messages(ids.tv).map(({ content }) => content)).toEqual(['patient']);
  expect(fake.violations).toEqual([]);
});

it('a bot with oceanic.js resumes after a drop', async () => {
  const { fake } = scene;
  react = async (interaction) => {
    if (interaction.type === InteractionTypes.APPLICATION_COMMAND)
      await interaction.reply({ content: 'back' });
  };
  fake.dropConnection();
  await fake.until(() => (fake.gateway.online.length === 0 ? true : undefined));
  const reply = anna().command(ids.tv, 'play', { channel: 'tf1' });
  await reply.answered();
  expect(fake.gateway).toMatchObject({ identified: 1, resumed: 1 });
  expect(fake.violations).toEqual([]);
});

it('a bot with oceanic.js is refused with a wrong token', async () => {
  const stranger = makeClient('Bot wrong');
  await expect(stranger.connect()).rejects.toThrow();
  expect(scene.fake.violations).toMatchObject([{ kind: 'refused' }]);
});
