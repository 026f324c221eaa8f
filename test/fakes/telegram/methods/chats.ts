import type { ChatMember } from 'grammy/types';
import { badRequest, forbidden } from '../refusal.ts';
import type { Handlers } from './handler.ts';

/** Methods that read chats or leave them. */
export const chats: Handlers<'getChat' | 'getChatMember' | 'getChatAdministrators' | 'leaveChat'> = {
  getChat: ({ service: { world, messages } }, { chat_id }) => {
    const place = world.find(chat_id);
    if (place.kind === 'group' && place.group.bot === 'kicked')
      throw forbidden(`bot was kicked from the ${place.group.kind} chat`);
    const pinned = messages.inChat(place.id).findLast((message) => message.pinned && !message.deletedBy);
    return {
      ...world.chat(place),
      accent_color_id: 0,
      max_reaction_count: 11,
      accepted_gift_types: {},
      ...(pinned ? { pinned_message: pinned.message } : {}),
    };
  },

  getChatMember: ({ service: { world } }, { chat_id, user_id }) =>
    world.member(world.reach(chat_id), user_id),

  getChatAdministrators: ({ service: { world } }, { chat_id, return_bots = false }) => {
    const place = world.reach(chat_id);
    if (place.kind === 'private') throw badRequest('there are no administrators in the private chat');
    const people = [...place.group.members.keys(), ...(return_bots ? [world.bot.id] : [])];
    const isAdministrator = ({ status }: ChatMember) => status === 'creator' || status === 'administrator';
    return people.map((id) => world.member(place, id)).filter(isAdministrator);
  },

  leaveChat: ({ service: { world } }, { chat_id }) => {
    const place = world.reach(chat_id);
    if (place.kind === 'private') throw badRequest("can't leave private chats");
    place.group.bot = 'left';
    return true;
  },
};
