import { type Api, GrammyError } from 'grammy';
import type { CardPort, Posted } from '../card-keeper.ts';
import { renderMessage } from './render.ts';

export function cardPort(api: Api): CardPort {
  return {
    looks: (reply) => JSON.stringify(renderMessage(reply)),
    async edit(posted, reply) {
      const { text, ...others } = renderMessage(reply);
      try {
        await api.editMessageText(...idsOf(posted), text, others);
        return 'done';
      } catch (error) {
        if (isUnchanged(error)) return 'done';
        if (isFinal(error)) return 'gone';
        throw error;
      }
    },
    async remove(posted) {
      try {
        await api.deleteMessage(...idsOf(posted));
      } catch (error) {
        if (!isFinal(error)) throw error;
        // A message can be deleted for 48 hours; one that is older at least loses its buttons.
        await api.editMessageReplyMarkup(...idsOf(posted)).catch(() => {});
      }
    },
  };
}

/** What is shown is what would be shown. */
export function isUnchanged(error: unknown): boolean {
  return error instanceof GrammyError && error.description.includes('message is not modified');
}

function idsOf({ place, message }: Posted): [chatId: number, messageId: number] {
  return [Number(place.split(':')[1]), Number(message)];
}

/** Deleted, or out of reach: the same would be answered again. */
function isFinal(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403);
}
