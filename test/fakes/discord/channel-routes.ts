import {
  CreatePrivateChannelRequestSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
} from 'discord-api-spec/zod';
import { refusal } from './api-error.ts';
import { parseForm } from './error-tree.ts';
import { noteEditRate, noteEphemeralFlag, noteManners } from './message-rules.ts';
import { type MessageBody, type Messages, messageFlags } from './messages.ts';
import type { Permission } from './permissions.ts';
import { checkFiles, defaultFileLimit } from './request-body.ts';
import type { Route, RouteRequest } from './route.ts';
import { checkMessage } from './validate-message.ts';
import { wireChannel } from './wire.ts';
import type { World } from './world.ts';

/** The routes of channels and their messages, which take the bot's token. */
export function channelRoutes(world: World, messages: Messages): Route[] {
  const list = '/channels/:channel/messages';
  const one = `${list}/:message`;

  const channelOf = (request: RouteRequest, ...needs: Permission[]) => {
    const channel = world.channel(request.param('channel'));
    world.checkAccess(channel, needs);
    return channel;
  };
  const messageOf = (request: RouteRequest) =>
    messages.getInChannel(request.param('message'), channelOf(request).id);

  const create = (request: RouteRequest) => {
    const channel = world.channel(request.param('channel'));
    checkFiles(request.files, defaultFileLimit);
    const body = checkMessage(MessageCreateRequestSchema, request.json, {
      creates: true,
      files: request.files,
    });
    world.checkAccess(channel, needsOf(body, request), { sending: true });
    const where = `the message in channel ${channel.id}`;
    noteManners(world, body, where);
    noteEphemeralFlag(world, body, { ephemeral: false }, where);
    const flags = (body.flags ?? 0) & ~messageFlags.ephemeral;
    return messages.add({ channel, authorId: world.applicationId, body, files: request.files, flags }).wire;
  };

  const edit = (request: RouteRequest) => {
    const stored = messageOf(request);
    if (stored.wire.author.id !== world.applicationId) throw refusal(50005);
    checkFiles(request.files, defaultFileLimit);
    if (request.files.length > 0) world.checkAccess(stored.channel, ['ATTACH_FILES']);
    const body = checkMessage(MessageEditRequestPartialSchema, request.json, {
      creates: false,
      files: request.files,
      wasV2: ((stored.wire.flags ?? 0) & messageFlags.componentsV2) !== 0,
    });
    noteManners(world, body, `the edit of message ${stored.id}`);
    noteEditRate(world, stored);
    return messages.edit(stored, body, request.files, 'channel').wire;
  };

  const remove = (request: RouteRequest) => {
    const stored = messageOf(request);
    if (stored.wire.author.id !== world.applicationId) throw refusal(50013);
    messages.remove(stored, 'bot');
  };

  const history = (request: RouteRequest) => {
    const channel = channelOf(request, 'READ_MESSAGE_HISTORY');
    const limit = Number(request.query.get('limit') ?? 50);
    const before = BigInt(request.query.get('before') ?? 1n << 63n);
    const after = BigInt(request.query.get('after') ?? 0);
    const found = messages
      .inChannel(channel.id)
      .filter(({ id }) => BigInt(id) < before && BigInt(id) > after);
    return found
      .slice(-limit)
      .reverse()
      .map(({ wire }) => (wire.author.id === world.applicationId ? wire : { ...wire, content: '' }));
  };

  const openDm = (request: RouteRequest) => {
    const { recipient_id: id } = parseForm(CreatePrivateChannelRequestSchema, request.json ?? {});
    if (!id || !world.users.has(id)) throw refusal(10013);
    return wireChannel(world, world.dmChannel(id));
  };

  return [
    {
      method: 'GET',
      pattern: '/channels/:channel',
      auth: true,
      handle: (it) => wireChannel(world, channelOf(it)),
    },
    { method: 'POST', pattern: '/channels/:channel/typing', auth: true, handle: (it) => void channelOf(it) },
    { method: 'POST', pattern: '/users/@me/channels', auth: true, handle: openDm },
    { method: 'GET', pattern: list, auth: true, handle: history },
    { method: 'POST', pattern: list, auth: true, handle: create },
    { method: 'GET', pattern: one, auth: true, handle: (it) => messageOf(it).wire },
    { method: 'PATCH', pattern: one, auth: true, handle: edit },
    { method: 'DELETE', pattern: one, auth: true, handle: remove },
  ];
}

function needsOf(body: MessageBody, { files }: RouteRequest): Permission[] {
  return [
    'SEND_MESSAGES',
    ...(body.embeds?.length ? (['EMBED_LINKS'] as const) : []),
    ...(files.length > 0 ? (['ATTACH_FILES'] as const) : []),
  ];
}
