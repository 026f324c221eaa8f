import { createHash } from 'node:crypto';
import { sameText } from '../../access/signer.ts';
import type { ListedSegment } from '../../stream/segments/segment.ts';

const DAY = 86_400_000;
const MONTH = 30 * DAY;
/** Prefixes that are kept: of yesterday's, today's and tomorrow's segments, and of playlists. */
const MOST_MADE = 4;
/** Milliseconds for which the address of a report may be good at most. */
const LONGEST_REPORT = 600_000;

/**
 * The prefix of addresses that caches may keep: `/e/<signature>/<expires>`. Whoever knows it may fetch what is below until it
 * expires. nginx checks it with `secure_link_md5 "$secure_link_expires $secret"`.
 */
export class EdgePrefix {
  readonly #secret: () => string;
  readonly #made = new Map<string, string>();

  /** @param secret as it is at the moment. */
  constructor(secret: () => string) {
    this.#secret = secret;
  }

  /** The prefix of what was published at a time: it expires with the day after. @param at epoch milliseconds. */
  at(at: number): string {
    return this.#ending(endOfNext(DAY, at));
  }

  /** The path of a segment, below the prefix of its own day: it has one address, by whichever prefix its playlist was asked for. */
  segmentPath(
    folder: string,
    { sequence, programDateTime }: Pick<ListedSegment, 'sequence' | 'programDateTime'>,
  ): string {
    return `${this.at(programDateTime)}/${folder}/${sequence}.ts`;
  }

  /** The prefix of playlists, whose addresses players keep: it expires 30 to 60 days after a time. @param at epoch milliseconds. */
  lasting(at: number): string {
    return this.#ending(endOfNext(MONTH, at));
  }

  /** Whether a prefix is one of ours and has not expired. @param now epoch milliseconds. */
  isValid({ sig, expires }: { readonly sig: string; readonly expires: string }, now: number): boolean {
    const seconds = /^\d{1,12}$/.test(expires) ? Number(expires) : 0;
    return seconds * 1000 > now && sig === signature(seconds, this.#secret());
  }

  /**
   * Whether somebody who knows the secret has signed an address for reports, which no viewer can make from a prefix.
   * @param sig the SHA-256 of `viewers <expires> <secret>`, in hexadecimal
   * @param now epoch milliseconds
   */
  signsReport({ sig, expires }: { readonly sig: string; readonly expires: string }, now: number): boolean {
    const remaining = /^\d{1,12}$/.test(expires) ? Number(expires) * 1000 - now : 0;
    const expected = createHash('sha256').update(`viewers ${expires} ${this.#secret()}`).digest('hex');
    return remaining > 0 && remaining <= LONGEST_REPORT && sameText(sig, expected);
  }

  /** @param expires epoch seconds */
  #ending(expires: number): string {
    const secret = this.#secret();
    const key = `${expires} ${secret}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    if (this.#made.size >= MOST_MADE) this.#made.clear();
    const text = `/e/${signature(expires, secret)}/${expires}`;
    this.#made.set(key, text);
    return text;
  }
}

/** The end of the stretch after the one in which a time is, in epoch seconds. @param length of a stretch, in milliseconds */
function endOfNext(length: number, at: number): number {
  return ((Math.floor(at / length) + 2) * length) / 1000;
}

function signature(expires: number, secret: string): string {
  return createHash('md5').update(`${expires} ${secret}`).digest('base64url');
}
