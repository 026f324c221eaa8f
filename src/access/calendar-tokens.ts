import type { People } from '../store/people.ts';
import type { ApiTokens } from './api-tokens.ts';
import type { Signer } from './signer.ts';
import type { Visitor } from './visitor.ts';

export interface CalendarTokensOptions {
  readonly signer: Signer;
  readonly people: Pick<People, 'find'>;
  readonly tokens: Pick<ApiTokens, 'list'>;
}

/** Milliseconds: ten years, since a calendar cannot ask for another token. */
const LIFETIME = 10 * 365 * 24 * 60 * 60_000;
/** In front of the id of an API token; no person's id has a space. */
const API_TOKEN = 'token ';

/**
 * Tokens by which calendars, which cannot log in, read the list of recordings. Each is a person's, or an API token's, and ends
 * when that person is denied or that API token is revoked.
 */
export class CalendarTokens {
  readonly #options: CalendarTokensOptions;

  constructor(options: CalendarTokensOptions) {
    this.#options = options;
  }

  issue({ id, tokenId }: Pick<Visitor, 'id' | 'tokenId'>): string {
    const holder = tokenId === null ? id : `${API_TOKEN}${tokenId}`;
    return this.#options.signer.sign('calendar', Buffer.from(holder).toString('base64url'), LIFETIME);
  }

  /** Whether a token is one of ours whose holder may still look. */
  isValid(token: string): boolean {
    const { signer, people, tokens } = this.#options;
    const found = signer.verify('calendar', token);
    if (!found) return false;
    const holder = Buffer.from(found.id, 'base64url').toString();
    if (!holder.startsWith(API_TOKEN)) return people.find(holder)?.standing !== 'denied';
    const id = Number(holder.slice(API_TOKEN.length));
    return tokens.list().some((each) => each.id === id && each.standing !== 'denied');
  }
}
