import type { Channel } from '../domain/channel.ts';
import type { AccountId, ChannelId } from '../domain/ids.ts';
import { decodeText } from '../lib/decode-text.ts';
import { parseLooseJson } from './loose-json.ts';
import { toChannel } from './mapper.ts';
import { RecordSplitter } from './record-splitter.ts';
import { records } from './schema.ts';

/**
 * The outcome of parsing. list: the whole list came, apart from the dropped records · other: JSON that is not a list, such as
 * a refused login · garbage: not JSON, or cut off.
 */
export type LineupOutcome =
  | { readonly kind: 'list'; readonly dropped: number }
  | { readonly kind: 'other'; readonly answer: unknown }
  | { readonly kind: 'garbage'; readonly detail: string };

/** The bytes that are kept for an answer that is not a list; such answers are short. */
const HEAD_BYTES = 65_536;

/** Parses get_live_streams into channels as the bytes arrive. It takes much CPU time, so lineup-worker runs it. */
export class LineupParser {
  readonly #account: AccountId;
  readonly #onChannel: (channel: Channel) => void;
  readonly #splitter = new RecordSplitter((json) => this.#take(json));
  readonly #seen = new Set<ChannelId>();
  readonly #head: Buffer[] = [];
  #size = 0;
  #dropped = 0;

  /** @param account the account that the channels belong to. */
  constructor(account: AccountId, onChannel: (channel: Channel) => void) {
    this.#account = account;
    this.#onChannel = onChannel;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    if (this.#size < HEAD_BYTES) this.#head.push(chunk.subarray(0, HEAD_BYTES - this.#size));
    this.#size += chunk.length;
    this.#splitter.push(chunk);
  }

  /** Ends the input. */
  end(): LineupOutcome {
    if (this.#seen.size > 0) {
      return this.#splitter.complete
        ? this.#list()
        : { kind: 'garbage', detail: `cut off after ${this.#size} bytes` };
    }
    const head = decodeText(Buffer.concat(this.#head)).trim();
    if (head === '') return this.#list();
    if (head.startsWith('[') && this.#splitter.complete) return this.#list();
    try {
      const answer = parseLooseJson(head);
      return records(answer) === null ? { kind: 'other', answer } : this.#list();
    } catch {
      return { kind: 'garbage', detail: `no JSON list in ${this.#size} bytes` };
    }
  }

  #list(): LineupOutcome {
    return { kind: 'list', dropped: this.#dropped };
  }

  #take(json: string): boolean {
    const record = this.#parse(json);
    const channel = record === undefined ? null : toChannel(record, this.#account);
    if (!channel) {
      // Bracketed text before or after the list is not one of its records.
      const isObject = typeof record === 'object' && record !== null;
      if (!this.#splitter.complete && (isObject || this.#seen.size > 0)) this.#dropped++;
    } else if (!this.#seen.has(channel.id)) {
      // Panels list a channel of several categories several times.
      this.#seen.add(channel.id);
      this.#onChannel(channel);
    }
    return channel !== null;
  }

  #parse(json: string): unknown {
    try {
      return parseLooseJson(json);
    } catch {
      return undefined;
    }
  }
}
