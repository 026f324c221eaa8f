import type { Asker } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { PrivateLink } from '../domain/private-link.ts';
import type { Span } from '../domain/span.ts';
import type { Clock } from '../lib/clock.ts';
import type { People } from '../store/people.ts';
import type { StoredPrivateLinks } from '../store/private-links.ts';
import { hashOf, randomText } from './signer.ts';

export interface PrivateLinksOptions {
  readonly links: StoredPrivateLinks;
  readonly people: Pick<People, 'find'>;
  readonly clock: Clock;
}

/** A player of a link. */
export interface LinkPlayer {
  /** Bytes not read yet, which grow when the player is gone. */
  readonly backlog: number;
  stop(reason: AppError): Promise<void>;
}

/** A link with its number of players, as its owner and admins see it. */
export interface LinkInUse extends PrivateLink {
  readonly players: number;
}

interface Playing {
  /** Identifies the device, as well as a request can. */
  readonly device: string;
  readonly player: LinkPlayer;
}

/** The lifetime of a link, in milliseconds. */
export const LINK_LIFETIME = 24 * 60 * 60_000;
/** Milliseconds that an expired link is kept. */
const KEEP = 3 * 24 * 60 * 60_000;
/** The most live links of one person; a further one ends the oldest. */
const MOST_LINKS = 20;
const MOST_PLAYERS = 2;
const TOKEN_BYTES = 18;

/**
 * Private links, each of which plays one channel for a day on two devices at once. Only the recipient knows the token;
 * wrong, expired and revoked tokens are refused in the same words.
 */
export class PrivateLinks {
  readonly #options: PrivateLinksOptions;
  readonly #playing = new Map<number, Set<Playing>>();
  #isStopped = false;

  constructor(options: PrivateLinksOptions) {
    this.#options = options;
  }

  /** Creates a link, to the channel as it comes or to a span of its past. @returns the token, which cannot be read again. */
  issue(
    person: Asker,
    channel: Pick<Channel, 'id' | 'name'>,
    past: Span | null = null,
  ): { id: number; token: string; expiresAt: number } {
    const { links, clock } = this.#options;
    const now = clock.now();
    links.forget(now - KEEP);
    for (const old of links.liveOf(person.id, now).slice(MOST_LINKS - 1)) this.#end(old.id);
    const token = randomText(TOKEN_BYTES);
    const expiresAt = now + LINK_LIFETIME;
    const id = links.add({
      tokenHash: hashOf(token),
      person,
      channelId: channel.id,
      channelName: channel.name,
      past,
      createdAt: now,
      expiresAt,
    });
    return { id, token, expiresAt };
  }

  /** Finds a live link. @throws AppError link_invalid */
  find(token: string): PrivateLink {
    const { links, people, clock } = this.#options;
    const link = links.findLive(hashOf(token), clock.now());
    if (!link || people.find(link.person.id)?.standing === 'denied') throw new AppError('link_invalid');
    return link;
  }

  /**
   * Admits a player, which is stopped when the link ends; call the returned function when it disconnects. A device that
   * connects again takes its own place, since its last connection may still look open.
   * @throws AppError link_in_use if other devices take all the places.
   */
  admit({ id, expiresAt }: PrivateLink, device: string, player: LinkPlayer): () => void {
    if (this.#isStopped) throw new AppError('channel_ended');
    const { links, clock } = this.#options;
    const playing = this.#playing.get(id) ?? new Set();
    if (playing.size >= MOST_PLAYERS) {
      const [own] = [...playing]
        .filter((each) => each.device === device)
        .sort((one, other) => other.player.backlog - one.player.backlog);
      if (!own) throw new AppError('link_in_use', { players: MOST_PLAYERS });
      playing.delete(own);
      void own.player.stop(new AppError('link_in_use', { players: MOST_PLAYERS }));
    }
    const entry = { device, player };
    playing.add(entry);
    this.#playing.set(id, playing);
    links.used(id, clock.now());
    const cancel = clock.after(expiresAt - clock.now(), () => this.#end(id));
    return () => {
      cancel();
      if (!playing.delete(entry)) return;
      links.used(id, clock.now());
      if (playing.size === 0) this.#playing.delete(id);
    };
  }

  /** Lists live links, newest first. @param person null for everybody's. */
  of(person: string | null): LinkInUse[] {
    const { links, clock } = this.#options;
    return links
      .liveOf(person, clock.now())
      .map((link) => ({ ...link, players: this.#playing.get(link.id)?.size ?? 0 }));
  }

  /**
   * Revokes links and stops their players.
   * @param person the owner; null for everybody's. @param id revokes only this link.
   * @returns the revoked links.
   */
  revoke(person: string | null, id?: number): LinkInUse[] {
    const revoked = this.of(person).filter((link) => id === undefined || link.id === id);
    for (const link of revoked) this.#end(link.id);
    return revoked;
  }

  /** Stops every player and admits no more; links stay valid. */
  stop(): void {
    this.#isStopped = true;
    for (const id of this.#playing.keys()) this.#stopPlayers(id, new AppError('channel_ended'));
  }

  #end(id: number): void {
    const { links, clock } = this.#options;
    links.revoke(id, clock.now());
    this.#stopPlayers(id, new AppError('link_invalid'));
  }

  #stopPlayers(id: number, reason: AppError): void {
    const playing = this.#playing.get(id);
    if (!playing) return;
    this.#options.links.used(id, this.#options.clock.now());
    this.#playing.delete(id);
    for (const { player } of playing) void player.stop(reason);
    // When these players disconnect later, there is nothing left to record.
    playing.clear();
  }
}
