import { type REST, Routes } from 'discord.js';
import type { Reply } from '../../commands/reply.ts';
import type { Posted } from '../../domain/card.ts';
import type { CardPort } from '../card-sync.ts';
import { isGone, isRejected, lacksAccess } from './errors.ts';
import { renderReply } from './render-message.ts';

/** Edits cards by the channel's route, as an interaction's expires after 15 minutes. discord.js waits for rate limits. */
export function cardPort(rest: REST): CardPort {
  return {
    looks: (reply) => JSON.stringify(bodyOf(reply)),
    async edit(posted, reply) {
      try {
        await rest.patch(routeOf(posted), { body: bodyOf(reply) });
        return 'done';
      } catch (error) {
        if (lacksAccess(error)) return 'barred';
        if (isRejected(error)) return 'gone';
        throw error;
      }
    },
    async remove(posted) {
      try {
        await rest.delete(routeOf(posted));
      } catch (error) {
        if (!isGone(error) && !lacksAccess(error)) throw error;
      }
    },
    async send(place, reply) {
      try {
        await rest.post(Routes.channelMessages(place.slice('discord:'.length)), { body: bodyOf(reply) });
        return 'done';
      } catch (error) {
        if (lacksAccess(error)) return 'barred';
        if (isRejected(error)) return 'gone';
        throw error;
      }
    },
  };
}

/** A reply as the JSON body of a message route. */
export function bodyOf(reply: Reply) {
  const { content, embeds, components } = renderReply(reply);
  return {
    content,
    embeds: embeds.map((embed) => embed.toJSON()),
    components: components.map((row) => row.toJSON()),
    allowed_mentions: { parse: [] },
  };
}

function routeOf({ place, message }: Posted) {
  return Routes.channelMessage(place.slice('discord:'.length), message);
}
