import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Reply } from '../../commands/reply.ts';
import type { CardPort, Posted } from '../card-keeper.ts';
import { renderReply } from './render.ts';

/** By the channel's route: that of an interaction ends after 15 minutes. discord.js itself waits where it is told to. */
export function cardPort(rest: REST): CardPort {
  return {
    looks: (reply) => JSON.stringify(bodyOf(reply)),
    async edit(posted, reply) {
      try {
        await rest.patch(routeOf(posted), { body: bodyOf(reply) });
        return true;
      } catch (error) {
        if (isFinal(error)) return false;
        throw error;
      }
    },
    async remove(posted) {
      try {
        await rest.delete(routeOf(posted));
      } catch (error) {
        if (!isFinal(error)) throw error;
      }
    },
  };
}

function bodyOf(reply: Reply) {
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

/** Deleted, or out of reach: the same would be answered again. */
function isFinal(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500;
}
