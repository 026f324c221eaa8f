import type { Service } from './service.ts';
import type { Group, Place, Rank } from './world.ts';

/** A group under its owner's control. The bot gets updates of changes to its own standing. */
export class FakeGroup {
  readonly #service: Service;
  readonly #owner: number;
  #group: Group;

  constructor(service: Service, group: Group, owner: number) {
    this.#service = service;
    this.#group = group;
    this.#owner = owner;
  }

  /** The id, which `migrate` changes. */
  get id(): number {
    return this.#group.id;
  }

  join(userId: number, rank: Rank = 'member'): void {
    this.#group.members.set(userId, rank);
  }

  /** Opens a forum topic and returns its message_thread_id. */
  topic(name: string): number {
    if (!this.#group.forum) throw new Error(`${this.#group.title} is not a forum`);
    const created = { forum_topic_created: { name, icon_color: 0x6fb9f0 as const } };
    const { message_id } = this.#service.announce(this.#place, this.#owner, created).message;
    this.#group.topics.set(message_id, name);
    return message_id;
  }

  /** Deletes a topic. */
  closeTopic(threadId: number): void {
    this.#group.topics.delete(threadId);
  }

  /** Makes the bot a member or an administrator, or removes it. All see a message when it comes or goes, the bot too. */
  setBot(standing: 'member' | 'administrator' | 'kicked'): void {
    const before = this.#group.bot;
    this.#group.bot = standing;
    this.#service.tellStanding(this.#place, this.#owner, before, standing);
    const { bot } = this.#service.world;
    const [wasIn, isIn] = [before, standing].map((each) => each !== 'left' && each !== 'kicked');
    if (wasIn && !isIn) this.#service.announce(this.#place, this.#owner, { left_chat_member: bot });
    if (!wasIn && isIn) this.#service.announce(this.#place, this.#owner, { new_chat_members: [bot] });
  }

  /** Gives the group another title. */
  rename(title: string): void {
    this.#group.title = title;
    this.#service.announce(this.#place, this.#owner, { new_chat_title: title });
  }

  /** Turns the group into a supergroup with another id, which it returns. */
  migrate(): number {
    const old = this.#group;
    if (old.kind !== 'group') throw new Error(`${old.title} is a supergroup already`);
    const from = this.#place;
    const { title, bot, members } = old;
    const next = this.#service.world.addGroup(title, {
      kind: 'supergroup',
      forum: false,
      bot,
      members: new Map(members),
    });
    this.#service.announce(from, this.#owner, { migrate_to_chat_id: next.id });
    old.migratedTo = next.id;
    this.#group = next;
    this.#service.announce(this.#place, this.#owner, { migrate_from_chat_id: old.id });
    return next.id;
  }

  get #place(): Place {
    return { kind: 'group', id: this.#group.id, group: this.#group };
  }
}
