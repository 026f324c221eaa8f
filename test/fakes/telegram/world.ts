import type { Chat, ChatMember, User, UserFromGetMe } from 'grammy/types';
import { badRequest, forbidden } from './refusal.ts';

export interface Account {
  readonly user: User;
  /** Whether the person has pressed Start, before which the bot may not write. */
  started: boolean;
  blocked: boolean;
}

export type Rank = 'creator' | 'administrator' | 'member';

export interface Group {
  readonly id: number;
  readonly kind: 'group' | 'supergroup';
  title: string;
  readonly forum: boolean;
  readonly members: Map<number, Rank>;
  bot: Rank | 'left' | 'kicked';
  /** Open forum topics by message_thread_id, with their names. */
  readonly topics: Map<number, string>;
  /** The supergroup that the group became. */
  migratedTo: number | null;
}

/** A chat that a message can be sent to. */
export type Place =
  | { readonly kind: 'private'; readonly id: number; readonly account: Account }
  | { readonly kind: 'group'; readonly id: number; readonly group: Group };

/** The people and groups. Ids of users are positive, of groups negative. */
export class World {
  readonly bot: UserFromGetMe;
  readonly accounts = new Map<number, Account>();
  readonly groups = new Map<number, Group>();
  #nextGroup = 1;

  constructor(bot: UserFromGetMe) {
    this.bot = bot;
  }

  addGroup(
    title: string,
    options: { kind: Group['kind']; forum: boolean; bot: Group['bot']; members: Map<number, Rank> },
  ): Group {
    const number = this.#nextGroup++;
    const id = options.kind === 'group' ? -5_000_000 - number : -1_001_000_000_000 - number;
    const group: Group = { id, title, ...options, topics: new Map(), migratedTo: null };
    this.groups.set(id, group);
    return group;
  }

  /** Finds a chat. @throws {Refusal} 400 for a chat unknown to the bot */
  find(chatId: number | string): Place {
    const account =
      typeof chatId === 'number'
        ? this.accounts.get(chatId)
        : [...this.accounts.values()].find(
            ({ user }) => user.username?.toLowerCase() === chatId.slice(1).toLowerCase(),
          );
    // A bot cannot address a person by @username.
    if (account && typeof chatId === 'number') return { kind: 'private', id: account.user.id, account };
    const group = typeof chatId === 'number' ? this.groups.get(chatId) : undefined;
    if (!group) throw badRequest('chat not found');
    return { kind: 'group', id: group.id, group };
  }

  /** Like `find`, for methods that write. @throws {Refusal} 400, 403 */
  reach(chatId: number | string): Place {
    const place = this.find(chatId);
    if (place.kind === 'private') {
      if (place.account.blocked) throw forbidden('bot was blocked by the user');
      if (!place.account.started) throw forbidden("bot can't initiate conversation with a user");
      return place;
    }
    const { migratedTo, bot, kind } = place.group;
    if (migratedTo !== null)
      throw badRequest('group chat was upgraded to a supergroup chat', 'nobody', {
        migrate_to_chat_id: migratedTo,
      });
    if (bot === 'kicked') throw forbidden(`bot was kicked from the ${kind} chat`);
    if (bot === 'left') throw forbidden(`bot is not a member of the ${kind} chat`);
    return place;
  }

  /** Checks a topic. @throws {Refusal} 400 if it does not exist */
  topic(place: Place, threadId: number | undefined): number | undefined {
    if (threadId === undefined || threadId === 0) return undefined;
    if (place.kind === 'group' && place.group.topics.has(threadId)) return threadId;
    throw badRequest('message thread not found');
  }

  chat(place: Place): Exclude<Chat, Chat.ChannelChat> {
    if (place.kind === 'private') {
      const { id, first_name, username } = place.account.user;
      return { id, type: 'private', first_name, ...(username ? { username } : {}) };
    }
    const { id, title, kind, forum } = place.group;
    if (kind === 'group') return { id, type: 'group', title };
    return { id, type: 'supergroup', title, ...(forum ? { is_forum: true } : {}) };
  }

  /** Finds a member of a group or private chat. @throws {Refusal} 400 for an unknown user */
  member(place: Place, userId: number): ChatMember {
    const isBot = userId === this.bot.id;
    const user = isBot ? this.bot : this.accounts.get(userId)?.user;
    if (!user) throw badRequest('user not found');
    if (place.kind === 'private') return { status: 'member', user };
    return memberOf(user, isBot ? place.group.bot : (place.group.members.get(userId) ?? 'left'));
  }
}

/** The Bot API's record for a member with this rank. */
export function memberOf(user: User, rank: Rank | 'left' | 'kicked'): ChatMember {
  switch (rank) {
    case 'creator':
      return { status: 'creator', user, is_anonymous: false };
    case 'administrator':
      return { ...administratorRights, status: 'administrator', user };
    case 'kicked':
      return { status: 'kicked', user, until_date: 0 };
    default:
      return { status: rank, user };
  }
}

const administratorRights = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_pin_messages: true,
  can_manage_topics: true,
  can_post_messages: false,
  can_edit_messages: false,
  can_manage_direct_messages: false,
  can_manage_tags: false,
  can_send_welcome_messages: false,
} as const;
