import type { Asker } from '../domain/actor.ts';
import type { People } from '../store/people.ts';
import type { Signer } from './signer.ts';

/** Milliseconds: ten years, since a calendar cannot ask for another token. */
const LIFETIME = 10 * 365 * 24 * 60 * 60_000;

/** Tokens by which calendars, which cannot log in, read the list of recordings. Each is a person's, and ends when that person is denied. */
export class CalendarTokens {
  readonly #signer: Signer;
  readonly #people: Pick<People, 'find'>;

  constructor(signer: Signer, people: Pick<People, 'find'>) {
    this.#signer = signer;
    this.#people = people;
  }

  issue({ id }: Pick<Asker, 'id'>): string {
    return this.#signer.sign('calendar', Buffer.from(id).toString('base64url'), LIFETIME);
  }

  /** Whether a token is one of ours whose person is not denied. */
  isValid(token: string): boolean {
    const found = this.#signer.verify('calendar', token);
    if (!found) return false;
    const person = Buffer.from(found.id, 'base64url').toString();
    return this.#people.find(person)?.standing !== 'denied';
  }
}
