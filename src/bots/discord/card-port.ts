import { type REST, Routes } from 'discord.js';
import type { Reply } from '../../commands/reply.ts';
import type { Posted } from '../../domain/card.ts';
import type { CardPort } from '../card-sync.ts';
import { isBarred, isFinal, isGone } from './errors.ts';
import { renderReply } from './render.ts';

/** By the channel's route: that of an interaction ends after 15 minutes. discord.js itself waits where it is told to. */
export function cardPort(rest: REST): CardPort {
  return {
    looks: (reply) => JSON.stringify(bodyOf(reply)),
    async edit(posted, reply) {
      try {
        await rest.patch(routeOf(posted), { body: bodyOf(reply) });
        return 'done';
      } catch (error) {
        if (isBarred(error)) return 'barred';
        if (isFinal(error)) return 'gone';
        throw error;
      }
    },
    async remove(posted) {
      try {
        await rest.delete(routeOf(posted));
      } catch (error) {
        if (!isGone(error) && !isBarred(error)) throw error;
      }
    },
  };
}

/** A message for the routes that take one as it is. */
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
