import type { Language } from '../../domain/actor.ts';
import type { Posted } from '../../domain/card.ts';
import type { CardPort } from '../card-sync.ts';
import { isFinal, isForbidden, isMuted } from './errors.ts';
import type { MessageId, Outbox } from './outbox.ts';
import { renderMessage } from './render.ts';

/** @param language of what the platform itself has to say. */
export function cardPort(outbox: Outbox, language: Language): CardPort {
  return {
    looks: (reply) =>
      JSON.stringify(renderMessage(reply, { style: 'rich', language, owner: null, withoutLinks: false })),
    async edit(posted, reply) {
      try {
        // A card is edited again soon, with what is on by then: it does not wait for a limit.
        await outbox.edit(idsOf(posted), reply, { language, ...(reply.isCard ? { life: 0 } : {}) });
        return 'done';
      } catch (error) {
        if (isMuted(error) && !isForbidden(error)) return 'barred';
        if (isFinal(error)) return 'gone';
        throw error;
      }
    },
    async remove(posted) {
      try {
        await outbox.remove(idsOf(posted));
      } catch (error) {
        if (!isFinal(error)) throw error;
        // A message can be deleted for 48 hours; one that is older at least loses its buttons.
        await outbox.disarm(idsOf(posted)).catch(() => {});
      }
    },
  };
}

function idsOf({ place, message }: Posted): MessageId {
  return { chat: Number(place.split(':')[1]), message: Number(message) };
}
