import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIMessage } from 'discord.js';
import { callbackRoutes } from './callback-routes.ts';
import { servePicture } from './cdn.ts';
import { channelRoutes } from './channel-routes.ts';
import { type CommandScope, Commands, commandRoutes, type RegisteredCommand } from './command-routes.ts';
import { Gateway } from './gateway.ts';
import { intents } from './gateway-payloads.ts';
import type { PresenceUpdate } from './gateway-session.ts';
import { Interactions } from './interactions.ts';
import { lookupRoutes } from './lookup-routes.ts';
import { type MessageEdit, Messages } from './messages.ts';
import type { Permission } from './permissions.ts';
import { type AskedLimit, RateLimits } from './rate-limits.ts';
import type { UploadedFile } from './request-body.ts';
import { type Fault, Rest, type RestCall } from './rest.ts';
import { FakeUser, type Surroundings } from './users.ts';
import { defaultHouseRules, type HouseRules, type Violation, Violations } from './violations.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { wireGuildCreate } from './wire.ts';
import { type FakeApplicationOptions, type FakeGuildOptions, World } from './world.ts';

export interface FakeDiscordOptions {
  readonly applicationId: string;
  readonly token: string;
  readonly guilds: readonly FakeGuildOptions[];
  /** People who share no server with the bot. */
  readonly users?: readonly { readonly id: string; readonly name: string }[];
  /** The clock for lateness and rate limits; the system's by default. Heartbeats always use real time. */
  readonly clock?: { now(): number };
  /** The heartbeat interval in milliseconds; 41,250 by default, as of the service. */
  readonly heartbeatIntervalMs?: number;
  /** Bits of the application's privileged intents; none by default. */
  readonly privilegedIntents?: number;
  readonly houseRules?: Partial<HouseRules>;
}

/**
 * Discord's REST API and gateway on 127.0.0.1, at least as strict as the service. Point a client at `api`, act by
 * `user()`, and check the results. `violations` must be empty at the end.
 */
export class FakeDiscord {
  /** The only valid token; a test may change it, as an owner resets it. */
  token: string;
  readonly gateway: Gateway;
  readonly #options: FakeDiscordOptions;
  readonly #server: Server;
  readonly #around: Surroundings;
  readonly #limits: RateLimits;
  readonly #rest: Rest;

  /** Use `start`. */
  private constructor(options: FakeDiscordOptions) {
    const { clock = Date } = options;
    const now = () => clock.now();
    const violations = new Violations(now, { ...defaultHouseRules, ...options.houseRules });
    const world = new World(options.applicationId, now, violations);
    const messages = new Messages(world);
    const interactions = new Interactions(world);
    const commands = new Commands(world);
    this.#options = options;
    this.token = options.token;
    this.#around = { world, messages, interactions, commands };
    this.#limits = new RateLimits(now, violations);
    const gatewayUrl = () => `ws://127.0.0.1:${this.#port}`;
    const token = () => this.token;
    this.gateway = new Gateway({
      world,
      token,
      url: gatewayUrl,
      heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
      privilegedIntents: options.privilegedIntents ?? 0,
    });
    this.#rest = new Rest({
      world,
      token,
      limits: this.#limits,
      routes: [
        ...lookupRoutes(world, gatewayUrl),
        ...commandRoutes(world, commands),
        ...callbackRoutes(world, messages, interactions),
        ...webhookRoutes(world, messages, interactions),
        ...channelRoutes(world, messages),
      ],
    });
    this.#server = createServer((request, response) => {
      if (!servePicture(world, request, response)) void this.#rest.handle(request, response);
    });
  }

  /** Listens on a free port. Rejects ids that are not snowflakes. */
  static async start(options: FakeDiscordOptions): Promise<FakeDiscord> {
    const fake = new FakeDiscord(options);
    await fake.#start();
    return fake;
  }

  async #start(): Promise<void> {
    const { world } = this.#around;
    for (const guild of this.#options.guilds) world.addGuild(guild);
    for (const { id, name } of this.#options.users ?? []) world.addUser(id, name);
    world.dispatch = (dispatch) => this.gateway.dispatch(dispatch);
    this.gateway.attach(this.#server);
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Cuts all connections. May be called twice. */
  async stop(): Promise<void> {
    this.gateway.stop();
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** For `new Client({ rest: { api } })`, which adds the version: http://127.0.0.1:port/api. */
  get api(): string {
    return `http://127.0.0.1:${this.#port}/api`;
  }

  /** The address of the server of pictures. */
  get cdn(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Changes the application as its owner does in the Developer Portal. */
  setApplication(options: FakeApplicationOptions): void {
    this.#around.world.application = options;
  }

  user(id: string): FakeUser {
    return new FakeUser(id, this.#around);
  }

  /** The public messages of a channel, oldest first; ephemeral answers are in their replies only. */
  messages(channelId: string): readonly APIMessage[] {
    return this.#around.messages.inChannel(channelId).map(({ wire }) => wire);
  }

  /** The private messages between a person and the bot, oldest first. */
  dms(userId: string): readonly APIMessage[] {
    return this.messages(this.#around.world.dmChannel(userId).id);
  }

  /** Every change of every message, whoever sees it. */
  edits(messageId: string): readonly MessageEdit[] {
    return this.#around.messages.find(messageId)?.edits ?? [];
  }

  /** The targets that a message notified: `everyone`, `role:<id>`, `user:<id>`. */
  pings(messageId: string): readonly string[] {
    return this.#around.messages.find(messageId)?.pings ?? [];
  }

  files(messageId: string): readonly UploadedFile[] {
    return this.#around.messages.find(messageId)?.files ?? [];
  }

  /** The commands of a scope, `global` or a server's id. */
  registeredCommands(scope: CommandScope): readonly RegisteredCommand[] {
    return this.#around.commands.in(scope);
  }

  get presences(): readonly PresenceUpdate[] {
    return this.gateway.presences;
  }

  /** Every call so far, including refused ones. */
  get calls(): readonly RestCall[] {
    return this.#rest.calls;
  }

  /** The number of calls of a route such as `PUT /applications/:application/commands`. */
  count(route: string): number {
    return this.calls.filter((call) => call.route === route).length;
  }

  /** Everything that the service would refuse or a well-behaved bot does not do. */
  get violations(): readonly Violation[] {
    return this.#around.world.violations.list();
  }

  /** Waits in real time until `look` finds something; looks again at every change. */
  until<T>(look: () => T | undefined, what = 'the test waits', timeoutMs?: number): Promise<T> {
    return this.#around.world.changes.until(
      look,
      () => `${what}; ${JSON.stringify(this.violations)}`,
      timeoutMs,
    );
  }

  /** Waits until a bot is connected and identified. */
  async online(timeoutMs?: number): Promise<void> {
    await this.until(() => this.gateway.online[0], 'no bot came online', timeoutMs);
  }

  /** Cuts the connections with a close code, or without one like a pulled cable. */
  dropConnection(code?: number): void {
    for (const connection of this.gateway.connections) {
      if (code === undefined) connection.cut();
      else connection.close(code);
    }
  }

  /** Sends op 7, as before a restart of the gateway. */
  askToReconnect(): void {
    for (const { connection } of this.gateway.online) connection?.send({ op: 7, s: null, t: null, d: null });
  }

  /** Sends op 9; unless resumable, the session is forgotten. */
  invalidateSession({ resumable = false } = {}): void {
    this.gateway.invalidate(resumable);
  }

  /** Answers the next call of a route with a 429; the bot must wait the given real time. */
  limitNext(route: string, retryAfterSeconds: number, { global = false }: Partial<AskedLimit> = {}): void {
    this.#limits.ask(route, { retryAfterSeconds, global });
  }

  /** Makes the next calls of a route fail or slow. */
  failNext(route: string, fault: Fault, times = 1): void {
    this.#rest.failNext(route, fault, times);
  }

  /** Removes a permission of the bot in a channel. */
  withdraw(channelId: string, permission: Permission): void {
    this.#guildChannel(channelId).withdrawn.add(permission);
  }

  grant(channelId: string, permission: Permission): void {
    this.#guildChannel(channelId).withdrawn.delete(permission);
  }

  /** Sets the bytes of a file in the answer to an interaction, as a boosted server's or a subscriber's. */
  setFileLimit(bytes: number): void {
    this.#around.world.fileLimit = bytes;
  }

  /** Stops the gateway silently until it is restored. */
  setGatewayDown(isDown: boolean): void {
    this.gateway.isDown = isDown;
    if (isDown) this.dropConnection();
  }

  /** Replaces a member's roles. */
  setRoles(guildId: string, userId: string, roles: readonly string[]): void {
    const { members } = this.#around.world.guild(guildId);
    const member = members.get(userId);
    if (!member) throw new TypeError(`${userId} is not in server ${guildId}.`);
    members.set(userId, { ...member, roles });
  }

  /** Removes a member from a server. */
  leave(guildId: string, userId: string): void {
    this.#around.world.guild(guildId).members.delete(userId);
  }

  /** Removes the bot from a server with its commands. The returned function invites it again. */
  kickBot(guildId: string): () => void {
    const { world, commands } = this.#around;
    const guild = world.guild(guildId);
    world.guilds.delete(guildId);
    commands.put(guildId, []);
    world.dispatch({ event: 'GUILD_DELETE', data: { id: guildId }, intents: intents.guilds });
    return () => {
      world.guilds.set(guildId, guild);
      const data = wireGuildCreate(world, guild, { members: false });
      world.dispatch({ event: 'GUILD_CREATE', data, intents: intents.guilds });
    };
  }

  /** Deletes a message as a moderator. */
  deleteMessage(id: string): void {
    const { messages } = this.#around;
    messages.remove(messages.get(id), 'user');
  }

  #guildChannel(id: string) {
    const channel = this.#around.world.channel(id);
    if (channel.kind !== 'guild') throw new TypeError(`Channel ${id} is not in a server.`);
    return channel;
  }
}
