import { refusal } from './api-error.ts';
import { Changes } from './changes.ts';
import { allows, effective, everyday, type Permission, permissionBits } from './permissions.ts';
import { defaultFileLimit } from './request-body.ts';
import { checkSnowflake, Snowflakes } from './snowflakes.ts';
import type { Violations } from './violations.ts';

export interface FakeChannelOptions {
  readonly id: string;
  readonly name: string;
  /** 0 text (the default), 2 voice, 5 announcements. */
  readonly type?: 0 | 2 | 5;
}

export interface FakeMemberOptions {
  readonly userId: string;
  readonly name: string;
  readonly roles?: readonly string[];
  /** Permissions that replace those of the roles. */
  readonly permissions?: bigint;
}

export interface FakeRoleOptions {
  readonly id: string;
  readonly name: string;
  readonly permissions?: bigint;
  /** 24 bits; 0, the default, for none. */
  readonly colour?: number;
  /** Whether Discord gives it, such as a bot's own role. */
  readonly managed?: boolean;
}

/** What the owner of the application has set in the Developer Portal. */
export interface FakeApplicationOptions {
  readonly requiresCodeGrant?: boolean;
  readonly interactionsUrl?: string;
  /** The picture of the bot, as a PNG. */
  readonly avatar?: Buffer;
}

export interface FakeGuildOptions {
  readonly id: string;
  readonly name: string;
  /** The preferred locale; en-US by default. */
  readonly locale?: string;
  readonly channels: readonly FakeChannelOptions[];
  /** Lowest first, above @everyone. */
  readonly roles?: readonly FakeRoleOptions[];
  readonly members?: readonly FakeMemberOptions[];
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly roles: ReadonlyMap<string, Required<Omit<FakeRoleOptions, 'id'>>>;
  readonly members: Map<string, FakeMemberOptions>;
}

export interface GuildChannel {
  readonly kind: 'guild';
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly guild: Guild;
  /** Permissions that the bot has lost here. */
  readonly withdrawn: Set<Permission>;
  lastMessageId: string | null;
}

export interface DmChannel {
  readonly kind: 'dm';
  readonly id: string;
  readonly userId: string;
  lastMessageId: string | null;
}

export type Channel = GuildChannel | DmChannel;

/** A gateway event, sent to bots with one of `intents`, or to all with 0. */
export interface Dispatch {
  readonly event: string;
  readonly data: unknown;
  readonly intents: number;
}

/** The servers, channels and people, and the bot's permissions. */
export class World {
  readonly applicationId: string;
  readonly now: () => number;
  readonly ids: Snowflakes;
  readonly changes = new Changes();
  readonly violations: Violations;
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  /** Names by user id, including the bot's. */
  readonly users = new Map<string, string>();
  readonly closedDms = new Set<string>();
  /** Bytes of a file in the answer to an interaction; a test may change it. */
  fileLimit = defaultFileLimit;
  /** A test may change it. */
  application: FakeApplicationOptions = {};
  /** Delivers events to connected bots. */
  dispatch: (dispatch: Dispatch) => void = () => {};

  constructor(applicationId: string, now: () => number, violations: Violations) {
    this.applicationId = checkSnowflake(applicationId, 'the application');
    this.now = now;
    this.ids = new Snowflakes(now);
    this.violations = violations;
    this.users.set(applicationId, 'Zapette');
  }

  addUser(id: string, name: string): void {
    this.users.set(checkSnowflake(id, `user ${name}`), name);
  }

  addGuild(options: FakeGuildOptions): void {
    const { id, name, locale = 'en-US' } = options;
    const plain = { permissions: 0n, colour: 0, managed: false };
    const roles = new Map([
      [checkSnowflake(id, `server ${name}`), { ...plain, name: '@everyone', permissions: everyday }],
    ]);
    for (const { id: roleId, ...role } of options.roles ?? [])
      roles.set(checkSnowflake(roleId, `role ${role.name}`), { ...plain, ...role });
    const members = new Map<string, FakeMemberOptions>();
    members.set(this.applicationId, { userId: this.applicationId, name: 'Zapette' });
    for (const member of options.members ?? []) {
      this.addUser(member.userId, member.name);
      for (const role of member.roles ?? []) {
        if (!roles.has(role))
          throw new TypeError(`${member.name} has a role that ${name} does not know: ${role}.`);
      }
      members.set(member.userId, member);
    }
    const guild: Guild = { id, name, locale, roles, members };
    this.guilds.set(id, guild);
    for (const channel of options.channels) {
      this.channels.set(checkSnowflake(channel.id, `channel ${channel.name}`), {
        kind: 'guild',
        id: channel.id,
        name: channel.name,
        type: channel.type ?? 0,
        guild,
        withdrawn: new Set(),
        lastMessageId: null,
      });
    }
  }

  /** The channel of private messages between the bot and a person, made if needed. */
  dmChannel(userId: string): DmChannel {
    for (const channel of this.channels.values()) {
      if (channel.kind === 'dm' && channel.userId === userId) return channel;
    }
    const channel: DmChannel = { kind: 'dm', id: this.ids.next(), userId, lastMessageId: null };
    this.channels.set(channel.id, channel);
    return channel;
  }

  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel) throw refusal(10003);
    return channel;
  }

  guild(id: string): Guild {
    const guild = this.guilds.get(id);
    if (!guild) throw refusal(10004);
    return guild;
  }

  /** A member's permissions in a server; administrators have all. */
  memberPermissions(guild: Guild, userId: string): bigint {
    const member = guild.members.get(userId);
    if (!member) return 0n;
    if (member.permissions !== undefined) return effective(member.permissions);
    const everyone = guild.roles.get(guild.id)?.permissions ?? 0n;
    const roles = member.roles?.map((id) => guild.roles.get(id)?.permissions ?? 0n) ?? [];
    return effective(roles.reduce((sum, bits) => sum | bits, everyone));
  }

  /** The bot's permissions in a channel. */
  botPermissions(channel: Channel): bigint {
    if (channel.kind === 'dm') return everyday;
    const granted = this.memberPermissions(channel.guild, this.applicationId);
    const withdrawn = [...channel.withdrawn].reduce((sum, name) => sum | permissionBits[name], 0n);
    return granted & ~withdrawn;
  }

  /** @throws 50001 if the bot cannot see the channel, 50013 without one of `needs`, 50007 for closed private messages */
  checkAccess(channel: Channel, needs: readonly Permission[], { sending = false } = {}): void {
    if (channel.kind === 'dm') {
      const closed = this.closedDms.has(channel.userId) || !this.sharesGuild(channel.userId);
      if (sending && closed) throw refusal(50007, { forgiven: true });
      return;
    }
    const bits = this.botPermissions(channel);
    if (!allows(bits, 'VIEW_CHANNEL')) throw refusal(50001, { forgiven: true });
    if (!needs.every((need) => allows(bits, need))) throw refusal(50013, { forgiven: true });
  }

  sharesGuild(userId: string): boolean {
    return [...this.guilds.values()].some(({ members }) => members.has(userId));
  }
}
