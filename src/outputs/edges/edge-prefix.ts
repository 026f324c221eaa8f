import { createHash } from 'node:crypto';
import { sameText } from '../../access/signer.ts';

const DAY = 86_400_000;
/** Milliseconds for which the address of a report may be good at most. */
const LONGEST_REPORT = 600_000;

/**
 * The prefix of addresses that caches may keep: `/e/<signature>/<expires>`. Whoever knows it may fetch what is below until it
 * expires. nginx checks it with `secure_link_md5 "$secure_link_expires $secret"`.
 */
export class EdgePrefix {
  readonly #secret: () => string;
  #made: { readonly expires: number; readonly secret: string; readonly text: string } | null = null;

  /** @param secret as it is at the moment. */
  constructor(secret: () => string) {
    this.#secret = secret;
  }

  /** The prefix of what was published at a time: it expires with the day after. @param at epoch milliseconds. */
  at(at: number): string {
    const expires = ((Math.floor(at / DAY) + 2) * DAY) / 1000;
    const secret = this.#secret();
    const made = this.#made;
    if (made?.expires === expires && made.secret === secret) return made.text;
    const text = `/e/${signature(expires, secret)}/${expires}`;
    this.#made = { expires, secret, text };
    return text;
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
}

function signature(expires: number, secret: string): string {
  return createHash('md5').update(`${expires} ${secret}`).digest('base64url');
}
