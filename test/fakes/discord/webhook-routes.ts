import {
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateRequestPartialSchema,
} from 'discord-api-spec/zod';
import { ApiError, refusal } from './api-error.ts';
import { addAnswer } from './callback-routes.ts';
import { callbackTypes, type Interaction, type Interactions, isLoading } from './interactions.ts';
import { noteEphemeralFlag, noteManners } from './message-rules.ts';
import { type MessageBody, type Messages, messageFlags, type StoredMessage } from './messages.ts';
import { checkFiles } from './request-body.ts';
import type { Route, RouteRequest } from './route.ts';
import { checkMessage } from './validate-message.ts';
import type { World } from './world.ts';

/** The routes after the first answer, by the interaction's token: follow-ups, and reading and changing answers. */
export function webhookRoutes(world: World, messages: Messages, interactions: Interactions): Route[] {
  const base = '/webhooks/:application/:token';
  const one = `${base}/messages/:message`;

  const within = <T>(request: RouteRequest, action: (interaction: Interaction) => T): T => {
    const token = request.param('token');
    try {
      if (request.param('application') !== world.applicationId) throw refusal(10015);
      const interaction = interactions.forWebhook(token);
      checkFiles(request.files, world.fileLimit);
      if (request.files.length > 0) world.checkAccess(interaction.channel, ['ATTACH_FILES']);
      return action(interaction);
    } catch (error) {
      if (error instanceof ApiError) interactions.byToken(token)?.refusals.push(error.code);
      world.changes.notify();
      throw error;
    }
  };

  const target = (interaction: Interaction, id: string): StoredMessage => {
    const { original, followups } = interaction;
    const found = id === '@original' ? original : [original, ...followups].find((known) => known?.id === id);
    if (!found) throw refusal(10008);
    return messages.get(found.id);
  };

  const edit = (request: RouteRequest, interaction: Interaction) => {
    const stored = target(interaction, request.param('message'));
    const flags = stored.wire.flags ?? 0;
    const body = checkMessage(IncomingWebhookUpdateRequestPartialSchema, request.json, {
      creates: false,
      files: request.files,
      wasV2: (flags & messageFlags.componentsV2) !== 0,
    });
    const where = `the edited answer to ${interaction.title}`;
    noteManners(world, body, where);
    noteEphemeralFlag(world, body, { ephemeral: stored.onlyFor !== null }, where);
    return messages.edit(stored, body, request.files, 'webhook').wire;
  };

  const followUp = (request: RouteRequest, interaction: Interaction) => {
    const body = checkMessage(IncomingWebhookInteractionRequestSchema, request.json, {
      creates: true,
      files: request.files,
    });
    const where = `the follow-up to ${interaction.title}`;
    noteManners(world, body, where);
    return followedUp(world, messages, interaction, { body, request, where }).wire;
  };

  return [
    {
      method: 'POST',
      pattern: base,
      auth: false,
      handle: (request) => within(request, (it) => followUp(request, it)),
    },
    {
      method: 'GET',
      pattern: one,
      auth: false,
      handle: (request) => within(request, (it) => target(it, request.param('message')).wire),
    },
    {
      method: 'PATCH',
      pattern: one,
      auth: false,
      handle: (request) => within(request, (it) => edit(request, it)),
    },
    {
      method: 'DELETE',
      pattern: one,
      auth: false,
      handle: (request) =>
        within(request, (it) => messages.remove(target(it, request.param('message')), 'bot')),
    },
  ];
}

/** The first follow-up replaces "thinking", with the visibility chosen when it was deferred. */
function followedUp(
  world: World,
  messages: Messages,
  interaction: Interaction,
  { body, request, where }: { body: MessageBody; request: RouteRequest; where: string },
): StoredMessage {
  const { original, callbackType } = interaction;
  if (original && callbackType === callbackTypes.deferReply && isLoading(original)) {
    noteEphemeralFlag(world, body, { ephemeral: original.onlyFor !== null }, where);
    return messages.edit(original, body, request.files, 'webhook');
  }
  const message = addAnswer(world, messages, interaction, { body, request });
  interaction.followups.push(message);
  world.changes.notify();
  return message;
}
