import { conflict } from '../refusal.ts';
import type { Call, Handlers } from './handler.ts';

/** Methods by which the bot reads its own user and gets updates. */
export const receiving: Handlers<'getMe' | 'getUpdates' | 'setWebhook' | 'deleteWebhook' | 'getWebhookInfo'> =
  {
    getMe: ({ service }) => service.world.bot,

    getUpdates: ({ service: { updates, webhook }, signal, complain }, params) => {
      if (webhook.isSet)
        throw conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      checkKinds(params.allowed_updates, complain);
      updates.allow(params.allowed_updates);
      return updates.poll(params, signal);
    },

    setWebhook: ({ service: { updates, webhook }, complain }, params) => {
      const { url, secret_token: secret, max_connections: maxConnections = 40 } = params;
      checkKinds(params.allowed_updates, complain);
      if (params.drop_pending_updates) updates.dropPending();
      updates.allow(params.allowed_updates);
      if (url === '') {
        webhook.clear();
        return true;
      }
      webhook.set({ url, secret, maxConnections });
      if (!secret) complain('a webhook without secret_token takes updates from anyone');
      return true;
    },

    deleteWebhook: ({ service: { updates, webhook } }, params) => {
      if (params.drop_pending_updates) updates.dropPending();
      webhook.clear();
      return true;
    },

    getWebhookInfo: ({ service: { updates, webhook } }) => ({
      ...webhook.info(),
      ...(updates.allowed.length > 0 ? { allowed_updates: updates.allowed } : {}),
    }),
  };

const kinds = new Set(
  [
    'message edited_message channel_post edited_channel_post business_connection business_message',
    'edited_business_message deleted_business_messages guest_message message_reaction message_reaction_count',
    'inline_query chosen_inline_result callback_query shipping_query pre_checkout_query purchased_paid_media',
    'poll poll_answer my_chat_member chat_member chat_join_request chat_boost removed_chat_boost managed_bot',
  ].flatMap((line) => line.split(' ')),
);

function checkKinds(wanted: readonly string[] | undefined, complain: Call['complain']): void {
  for (const kind of wanted ?? []) if (!kinds.has(kind)) complain(`there are no updates of kind "${kind}"`);
}
