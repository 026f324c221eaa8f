import type { APIMessage, RESTPatchAPIChannelMessageJSONBody } from 'discord.js';
import { refusal } from './api-error.ts';
import { withComponentIds } from './component-tree.ts';
import { pingsOf } from './mentions.ts';
import type { UploadedFile } from './request-body.ts';
import { wireUser } from './wire.ts';
import type { Channel, World } from './world.ts';

export const messageFlags = { ephemeral: 64, loading: 128, componentsV2: 1 << 15 } as const;

export type MessageBody = RESTPatchAPIChannelMessageJSONBody & { readonly tts?: boolean };

/** The kind of route by which a message was made or changed. */
export type Route = 'channel' | 'webhook' | 'callback' | 'user';

/** One change of a message; `at` is on the fake's clock, `message` is the state afterwards. */
export interface MessageEdit {
  readonly at: number;
  readonly via: Route;
  readonly message: APIMessage;
}

export interface StoredMessage {
  readonly id: string;
  readonly channel: Channel;
  /** The only person who sees an ephemeral message. */
  readonly onlyFor: string | null;
  /** The interaction that it answers. */
  readonly interactionId: string | null;
  readonly createdAt: number;
  readonly edits: MessageEdit[];
  readonly files: UploadedFile[];
  wire: APIMessage;
  pings: readonly string[];
  removedBy: 'bot' | 'user' | null;
}

export interface NewMessage {
  readonly channel: Channel;
  readonly authorId: string;
  readonly body: MessageBody;
  readonly files?: readonly UploadedFile[];
  readonly flags?: number;
  readonly onlyFor?: string | null;
  readonly interactionId?: string | null;
  readonly extra?: Partial<APIMessage>;
}

const guildMessages = 1 << 9;
const directMessages = 1 << 12;

/** Every message, including deleted ones. */
export class Messages {
  readonly #world: World;
  readonly #all = new Map<string, StoredMessage>();

  constructor(world: World) {
    this.#world = world;
  }

  add(message: NewMessage): StoredMessage {
    const { channel, body, onlyFor = null, interactionId = null, files = [] } = message;
    const id = this.#world.ids.next();
    const stored: StoredMessage = {
      id,
      channel,
      onlyFor,
      interactionId,
      createdAt: this.#world.now(),
      edits: [],
      files: [...files],
      pings: pingsOf(body),
      removedBy: null,
      wire: {
        id,
        channel_id: channel.id,
        type: 0,
        author: wireUser(this.#world, message.authorId),
        content: body.content ?? '',
        timestamp: this.#timestamp(),
        edited_timestamp: null,
        tts: body.tts ?? false,
        mention_everyone: false,
        mentions: [],
        mention_roles: [],
        attachments: attachmentsOf(id, files, body, 0),
        embeds: richEmbeds(body),
        components: withComponentIds(body.components ?? []),
        pinned: false,
        flags: message.flags ?? 0,
        ...message.extra,
      },
    };
    this.#all.set(id, stored);
    if (!onlyFor) {
      channel.lastMessageId = id;
      this.#announce('MESSAGE_CREATE', stored);
    }
    this.#world.changes.notify();
    return stored;
  }

  edit(stored: StoredMessage, body: MessageBody, files: readonly UploadedFile[], via: Route): StoredMessage {
    const { wire } = stored;
    const kept = body.attachments ? body.attachments.map(({ id }) => String(id)) : undefined;
    const flags = ((wire.flags ?? 0) & ~messageFlags.loading) | ((body.flags ?? 0) & ~messageFlags.ephemeral);
    const next: APIMessage = {
      ...wire,
      ...(body.content !== undefined && { content: body.content ?? '' }),
      ...(body.embeds !== undefined && { embeds: richEmbeds(body) }),
      ...(body.components !== undefined && { components: withComponentIds(body.components ?? []) }),
      attachments: [
        ...wire.attachments.filter(({ id }) => !kept || kept.includes(id)),
        ...attachmentsOf(stored.id, files, body, stored.files.length),
      ],
      // The answer that replaces "thinking" is not marked as edited.
      edited_timestamp: (wire.flags ?? 0) & messageFlags.loading ? null : this.#timestamp(),
      flags,
    };
    const visible = next.content !== '' || next.embeds.length + next.attachments.length > 0;
    if (!visible && (next.components?.length ?? 0) === 0) throw refusal(50006);
    stored.wire = next;
    stored.files.push(...files);
    stored.pings = [...stored.pings, ...pingsOf(body)];
    stored.edits.push({ at: this.#world.now(), via, message: next });
    if (!stored.onlyFor) this.#announce('MESSAGE_UPDATE', stored);
    this.#world.changes.notify();
    return stored;
  }

  remove(stored: StoredMessage, by: 'bot' | 'user'): void {
    stored.removedBy = by;
    if (!stored.onlyFor) {
      const { id, channel } = stored;
      const guild = channel.kind === 'guild' ? { guild_id: channel.guild.id } : {};
      this.#world.dispatch({
        event: 'MESSAGE_DELETE',
        data: { id, channel_id: channel.id, ...guild },
        intents: channel.kind === 'dm' ? directMessages : guildMessages,
      });
    }
    this.#world.changes.notify();
  }

  /** Finds a message. @throws 10008 if it is deleted, forgiven if the bot did not delete it */
  get(id: string): StoredMessage {
    const stored = this.#all.get(id);
    if (!stored || stored.removedBy) throw refusal(10008, { forgiven: stored?.removedBy === 'user' });
    return stored;
  }

  /** Finds a message for the channel route, which does not know ephemeral messages. */
  getInChannel(id: string, channelId: string): StoredMessage {
    const stored = this.get(id);
    if (stored.channel.id !== channelId || stored.onlyFor) throw refusal(10008);
    return stored;
  }

  /** Finds any message, deleted or not. */
  find(id: string): StoredMessage | undefined {
    return this.#all.get(id);
  }

  /** The public messages of a channel, oldest first. */
  inChannel(channelId: string): readonly StoredMessage[] {
    return [...this.#all.values()].filter(
      ({ channel, onlyFor, removedBy }) => channel.id === channelId && !onlyFor && !removedBy,
    );
  }

  #announce(event: string, { wire, channel }: StoredMessage): void {
    const guild = channel.kind === 'guild' ? { guild_id: channel.guild.id } : {};
    const intents = channel.kind === 'dm' ? directMessages : guildMessages;
    this.#world.dispatch({ event, data: { ...wire, ...guild }, intents });
  }

  #timestamp(): string {
    return new Date(this.#world.now()).toISOString();
  }
}

/** Embeds with the defaults that the service fills in. */
function richEmbeds(body: MessageBody): APIMessage['embeds'] {
  const type = 'rich' as NonNullable<APIMessage['embeds'][number]['type']>;
  return (body.embeds ?? []).map(({ fields, ...embed }) => ({
    ...embed,
    type,
    ...(fields && { fields: fields.map((field) => ({ ...field, inline: field.inline ?? false })) }),
  }));
}

function attachmentsOf(
  messageId: string,
  files: readonly UploadedFile[],
  body: MessageBody,
  offset: number,
): APIMessage['attachments'] {
  return files.map((file, index) => {
    const described = body.attachments?.find(({ id }) => String(id) === file.key);
    const filename = described?.filename ?? file.name;
    const url = `https://cdn.invalid/attachments/${messageId}/${index + offset}/${encodeURIComponent(filename)}`;
    const id = (BigInt(messageId) + BigInt(index + offset + 1)).toString();
    return { id, filename, size: file.bytes.byteLength, url, proxy_url: url, content_type: file.type };
  });
}
