import type { APIMessage } from 'discord.js';
import { fillIn, namedIds, type OptionValues } from './command-options.ts';
import type { Commands, RegisteredCommand } from './command-routes.ts';
import { type Component, walkComponents } from './component-tree.ts';
import { interactionPayload, type Languages, resolved } from './interaction-payload.ts';
import { type Interactions, interactionTypes, type NewInteraction } from './interactions.ts';
import type { Messages, StoredMessage } from './messages.ts';
import { permissionBits } from './permissions.ts';
import { Reply } from './reply.ts';
import type { Channel, World } from './world.ts';

export interface CommandOptions extends Languages {
  /** Whether the server's admins allow the command to everybody, despite `default_member_permissions`. */
  readonly overridden?: boolean;
}

/** The parts of the fake that a person's actions use. */
export interface Surroundings {
  readonly world: World;
  readonly messages: Messages;
  readonly commands: Commands;
  readonly interactions: Interactions;
}

const componentTypes = { button: 2, stringSelect: 3, userSelect: 5, channelSelect: 8, textInput: 4 } as const;
const linkStyle = 5;
const administratorsOnly = permissionBits.ADMINISTRATOR;

/** A person at their Discord client. Actions that the client does not allow throw at once. */
export class FakeUser {
  readonly id: string;
  readonly #around: Surroundings;

  constructor(id: string, around: Surroundings) {
    if (!around.world.users.has(id)) throw new TypeError(`Nobody has the id ${id}.`);
    this.id = id;
    this.#around = around;
  }

  /**
   * Runs a slash command.
   * @param channelId a channel's id, or `dm` for the private messages with the bot.
   * @param name the command's name followed by group and subcommand: `favourites add`.
   */
  command(channelId: string, name: string, options: OptionValues = {}, settings: CommandOptions = {}): Reply {
    const channel = this.#channel(channelId);
    const { command, path } = this.#command(channel, name, settings);
    const filled = fillIn(command, path, options);
    const data = this.#commandData(channel, command, filled.options);
    return this.#interact({ type: interactionTypes.command, channel, title: `/${name}` }, data, settings);
  }

  /** Types into an option with autocomplete; `others` are the options already filled in. */
  autocomplete(
    channelId: string,
    name: string,
    optionName: string,
    text: string,
    settings: CommandOptions & { readonly others?: OptionValues } = {},
  ): Reply {
    const channel = this.#channel(channelId);
    const { command, path } = this.#command(channel, name, settings);
    const { options, focusedType } = fillIn(command, path, settings.others ?? {}, { name: optionName, text });
    const data = this.#commandData(channel, command, options);
    const title = `/${name} ${optionName}:${text}…`;
    return this.#interact(
      { type: interactionTypes.autocomplete, channel, title, focusedType },
      data,
      settings,
    );
  }

  /** Presses a button. */
  press(message: APIMessage | string, customId: string, languages: Languages = {}): Reply {
    const { source, component } = this.#component(message, customId);
    if (component.type !== componentTypes.button) throw new Error(`"${customId}" is not a button.`);
    const data = { id: 1, custom_id: customId, component_type: component.type };
    return this.#interact(this.#onMessage(source, `the button ${customId}`), data, languages);
  }

  /** Chooses from a menu: values of its options, or ids. */
  select(
    message: APIMessage | string,
    customId: string,
    values: readonly string[],
    languages: Languages = {},
  ): Reply {
    const { source, component } = this.#component(message, customId);
    const { type, options = [], min_values: min = 1, max_values: max = 1 } = component;
    if (
      type !== componentTypes.stringSelect &&
      (type < componentTypes.userSelect || type > componentTypes.channelSelect)
    ) {
      throw new Error(`"${customId}" is not a menu.`);
    }
    if (values.length < min || values.length > max)
      throw new Error(`"${customId}" wants ${min} to ${max} values.`);
    const unknown = values.find((value) => !options.some((option) => option.value === value));
    const listed = type === componentTypes.stringSelect;
    if (listed && unknown !== undefined) throw new Error(`"${customId}" does not offer "${unknown}".`);
    const guildId = source.channel.kind === 'guild' ? source.channel.guild.id : null;
    const named = listed ? [] : values.map((id) => ({ type, id }));
    const data = {
      id: 1,
      custom_id: customId,
      component_type: type,
      values,
      ...(!listed && { resolved: resolved(this.#around.world, guildId, named) }),
    };
    return this.#interact(this.#onMessage(source, `the menu ${customId}`), data, languages);
  }

  /** Fills in the form that `reply` opened: texts by custom_id. */
  submitModal(reply: Reply, values: Readonly<Record<string, string>>, languages: Languages = {}): Reply {
    const { modal } = reply;
    const opener = this.#around.interactions.find(reply.id);
    if (!modal || !opener || opener.userId !== this.id) throw new Error('No form is open.');
    const components = structuredClone(modal.components);
    for (const { component } of walkComponents(components, [])) {
      if (component.type === componentTypes.textInput) fillText(component, values);
    }
    for (const name of Object.keys(values)) {
      const known = [...walkComponents(components, [])].some(({ component }) => component.custom_id === name);
      if (!known) throw new Error(`The form has no "${name}".`);
    }
    const { channel, source } = opener;
    const data = { custom_id: modal.custom_id, components };
    const title = `the form ${modal.custom_id}`;
    return this.#interact({ type: interactionTypes.modalSubmit, channel, title, source }, data, languages);
  }

  /** Writes a message. */
  say(channelId: string, content: string): APIMessage {
    const channel = this.#channel(channelId);
    return this.#around.messages.add({ channel, authorId: this.id, body: { content } }).wire;
  }

  /** Refuses private messages (from people who are not friends) from now on. */
  closeDms(): void {
    this.#around.world.closedDms.add(this.id);
  }

  openDms(): void {
    this.#around.world.closedDms.delete(this.id);
  }

  #channel(id: string): Channel {
    const { world } = this.#around;
    const channel = id === 'dm' ? world.dmChannel(this.id) : world.channel(id);
    const there = channel.kind === 'dm' ? channel.userId === this.id : channel.guild.members.has(this.id);
    if (!there) throw new Error(`${world.users.get(this.id)} is not in channel ${id}.`);
    return channel;
  }

  #command(
    channel: Channel,
    name: string,
    { overridden = false }: CommandOptions,
  ): { readonly command: RegisteredCommand; readonly path: readonly string[] } {
    const [root = '', ...path] = name.split(' ');
    const guild = channel.kind === 'guild' ? channel.guild : null;
    const command = this.#around.commands.find(root, guild?.id ?? null);
    if (!command)
      throw new Error(`/${root} is not registered ${guild ? `for server ${guild.name}` : 'for DMs'}.`);
    const { contexts, dm_permission: inDms = true, default_member_permissions: needed } = command;
    const context = guild ? 0 : 1;
    if (contexts ? !contexts.includes(context) : !guild && !inDms) {
      throw new Error(`/${root} is not offered ${guild ? 'in servers' : 'in DMs'}.`);
    }
    if (guild && needed !== null && !overridden) {
      // '0' is for administrators only.
      const bits = BigInt(needed) || administratorsOnly;
      const held = this.#around.world.memberPermissions(guild, this.id);
      if ((held & bits) !== bits) throw new Error(`/${root} is hidden from ${this.id}.`);
    }
    return { command, path };
  }

  #commandData(
    channel: Channel,
    command: RegisteredCommand,
    options: Parameters<typeof namedIds>[0],
  ): Readonly<Record<string, unknown>> {
    const guildId = channel.kind === 'guild' ? channel.guild.id : null;
    const named = namedIds(options);
    return {
      id: command.id,
      name: command.name,
      type: command.type,
      ...(command.guild_id && { guild_id: command.guild_id }),
      ...(options.length > 0 && { options }),
      ...(named.length > 0 && { resolved: resolved(this.#around.world, guildId, named) }),
    };
  }

  #component(
    message: APIMessage | string,
    customId: string,
  ): { source: StoredMessage; component: Component } {
    const source = this.#around.messages.get(typeof message === 'string' ? message : message.id);
    if (source.onlyFor && source.onlyFor !== this.id)
      throw new Error('Only somebody else sees that message.');
    const all = [...walkComponents(source.wire.components ?? [], [])];
    const found = all.find(({ component }) => component.custom_id === customId)?.component;
    if (!found) throw new Error(`The message has no "${customId}".`);
    if (found.disabled || found.style === linkStyle) throw new Error(`"${customId}" cannot be used.`);
    return { source, component: found };
  }

  #onMessage(source: StoredMessage, title: string): Omit<NewInteraction, 'userId'> {
    this.#channel(source.channel.kind === 'dm' ? 'dm' : source.channel.id);
    return { type: interactionTypes.component, channel: source.channel, title, source };
  }

  #interact(
    options: Omit<NewInteraction, 'userId'>,
    data: Readonly<Record<string, unknown>>,
    languages: Languages,
  ): Reply {
    const { world, interactions } = this.#around;
    const interaction = interactions.add({ ...options, userId: this.id });
    const payload = interactionPayload(world, interaction, data, languages);
    world.dispatch({ event: 'INTERACTION_CREATE', data: payload, intents: 0 });
    return new Reply(world, interaction);
  }
}

function fillText(component: Component, values: Readonly<Record<string, string>>): void {
  const { custom_id: id = '', required = true, min_length: min = 0, max_length: max = 4000 } = component;
  const value = values[id] ?? '';
  if (value === '' && required) throw new Error(`The form wants "${id}".`);
  if (value !== '' && (value.length < min || value.length > max)) {
    throw new Error(`"${id}" wants ${min} to ${max} characters.`);
  }
  Object.assign(component, { value });
}
