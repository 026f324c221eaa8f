import type { APIMessage } from 'discord.js';
import {
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
} from 'discord-api-spec/zod';
import { ApiError } from './api-error.ts';
import {
  callbackTypes,
  type Interaction,
  type Interactions,
  interactionTypes,
  isLoading,
} from './interactions.ts';
import { noteManners } from './message-rules.ts';
import { type MessageBody, type Messages, messageFlags, type StoredMessage } from './messages.ts';
import type { Route, RouteRequest } from './route.ts';
import { checkCallback, checkChoices, checkModal } from './validate-callback.ts';
import { checkMessage } from './validate-message.ts';
import { wireUser } from './wire.ts';
import type { World } from './world.ts';

const { reply, deferReply, deferUpdate, update, choices, modal } = callbackTypes;

/** The first answer to an interaction: POST /interactions/:id/:token/callback. */
export function callbackRoutes(world: World, messages: Messages, interactions: Interactions): Route[] {
  const handle = (request: RouteRequest) => {
    const id = request.param('interaction');
    try {
      const interaction = interactions.forCallback(id, request.param('token'));
      const { type, data } = checkCallback(request.json, allowedCallbacks(interaction));
      answer(world, messages, interaction, { type, data, request });
      interactions.acknowledge(interaction, type);
      return request.query.get('with_response') === 'true' ? response(interaction, type) : undefined;
    } catch (error) {
      if (error instanceof ApiError) interactions.find(id)?.refusals.push(error.code);
      world.changes.notify();
      throw error;
    }
  };
  return [{ method: 'POST', pattern: '/interactions/:interaction/:token/callback', auth: false, handle }];
}

function allowedCallbacks({ type, source }: Interaction): readonly number[] {
  switch (type) {
    case interactionTypes.autocomplete:
      return [choices];
    case interactionTypes.component:
      return [reply, deferReply, deferUpdate, update, modal];
    case interactionTypes.modalSubmit:
      return source ? [reply, deferReply, deferUpdate, update] : [reply, deferReply];
    default:
      return [reply, deferReply, modal];
  }
}

function answer(
  world: World,
  messages: Messages,
  interaction: Interaction,
  { type, data, request }: { type: number; data: unknown; request: RouteRequest },
): void {
  const { files } = request;
  switch (type) {
    case reply: {
      const body = checkMessage(IncomingWebhookInteractionRequestSchema, data, {
        creates: true,
        files,
        base: ['data'],
      });
      noteManners(world, body, `the reply to ${interaction.title}`);
      interaction.original = addAnswer(world, messages, interaction, { body, request });
      return;
    }
    case deferReply: {
      const body = checkMessage(IncomingWebhookInteractionRequestSchema, data, {
        creates: false,
        base: ['data'],
      });
      const { flags = 0 } = body;
      const loading = { flags: ((flags ?? 0) & messageFlags.ephemeral) | messageFlags.loading };
      interaction.original = addAnswer(world, messages, interaction, { body: loading, request });
      return;
    }
    case update: {
      const body = checkMessage(IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema, data, {
        creates: false,
        files,
        base: ['data'],
      });
      noteManners(world, body, `the update by ${interaction.title}`);
      const source = messages.get(interaction.source?.id ?? '');
      interaction.original = messages.edit(source, body, files, 'callback');
      return;
    }
    case deferUpdate:
      interaction.original = interaction.source;
      return;
    case choices:
      interaction.choices = checkChoices(data, interaction.focusedType ?? 3);
      return;
    default:
      interaction.modal = checkModal(data);
  }
}

/** Makes a message that answers an interaction, by callback or as a follow-up. */
export function addAnswer(
  world: World,
  messages: Messages,
  interaction: Interaction,
  { body, request }: { readonly body: MessageBody; readonly request: Pick<RouteRequest, 'files'> },
): StoredMessage {
  const { channel, userId } = interaction;
  const flags = body.flags ?? 0;
  return messages.add({
    channel,
    authorId: world.applicationId,
    body,
    files: request.files,
    flags,
    onlyFor: flags & messageFlags.ephemeral ? userId : null,
    interactionId: interaction.id,
    extra: {
      type: interaction.type === interactionTypes.command ? 20 : 0,
      application_id: world.applicationId,
      webhook_id: world.applicationId,
      interaction_metadata: metadata(world, interaction),
    },
  });
}

function metadata(world: World, interaction: Interaction): NonNullable<APIMessage['interaction_metadata']> {
  const { id, channel, userId, source } = interaction;
  const common = {
    id,
    user: wireUser(world, userId),
    authorizing_integration_owners: { 0: channel.kind === 'guild' ? channel.guild.id : '0' },
  };
  if (source) return { ...common, type: interactionTypes.component, interacted_message_id: source.id };
  return { ...common, type: interactionTypes.command };
}

function response(interaction: Interaction, type: number): unknown {
  const { id, type: kind, original, channel } = interaction;
  const about = original && {
    response_message_id: original.id,
    response_message_loading: isLoading(original),
    response_message_ephemeral: original.onlyFor !== null,
  };
  const guild = channel.kind === 'guild' ? { guild_id: channel.guild.id } : {};
  const shown = type === update || type === deferUpdate ? update : reply;
  return {
    interaction: { id, type: kind, channel_id: channel.id, ...guild, ...about },
    ...(original && { resource: { type: shown, message: original.wire } }),
  };
}
