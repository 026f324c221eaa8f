import type { Language } from '../../domain/actor.ts';
import type { Posted } from '../../domain/card.ts';
import type { CardPort } from '../card-sync.ts';
import { isFinal, isForbidden, mayNotWrite } from './errors.ts';
import type { MessageId, Outbox } from './outbox.ts';
import { renderMessage } from './render-message.ts';

/** @param language of the adapter's own phrases. */
export function cardPort(outbox: Outbox, language: Language): CardPort {
  return {
    looks: (reply) =>
      JSON.stringify(renderMessage(reply, { style: 'rich', language, owner: null, withoutLinks: false })),
    async edit(posted, reply) {
      try {
        // A card does not wait for a rate limit: it is edited again soon with newer content.
        await outbox.edit(idsOf(posted), reply, { language, ...(reply.isCard ? { life: 0 } : {}) });
        return 'done';
      } catch (error) {
        if (mayNotWrite(error) && !isForbidden(error)) return 'barred';
        if (isFinal(error)) return 'gone';
        throw error;
      }
    },
    async remove(posted) {
      try {
        await outbox.remove(idsOf(posted));
      } catch (error) {
        if (!isFinal(error)) throw error;
        // Messages older than 48 hours cannot be deleted; they at least lose their buttons.
        await outbox.disarm(idsOf(posted)).catch(() => {});
      }
    },
    async send(place, reply) {
      const [, chat, thread] = place.split(':');
      const to = { chat: Number(chat), ...(thread === undefined ? {} : { thread: Number(thread) }) };
      try {
        await outbox.send(to, reply, { language });
        return 'done';
      } catch (error) {
        if (mayNotWrite(error) && !isForbidden(error)) return 'barred';
        if (isFinal(error)) return 'gone';
        throw error;
      }
    },
  };
}

function idsOf({ place, message }: Posted): MessageId {
  return { chat: Number(place.split(':')[1]), message: Number(message) };
}
