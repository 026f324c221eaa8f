import type { ChannelId } from '../../domain/ids.ts';
import { TimeSlices } from '../time-slices.ts';
import type { GuideReader } from './guide-reader.ts';

interface Current {
  /** The channel's id in the guide's file. */
  readonly number: number;
  /** The channels of the list that show it. */
  readonly ids: readonly ChannelId[];
  words: string;
  until: number;
}

/** The number of channels whose titles form one text; a change of one title rebuilds the text. */
const BLOCK = 500;
/** More results than people read, and than the search compares. */
const MOST_FOUND = 200;

/**
 * The titles of all current programmes, in memory: one long text for every 500 channels, so that each keystroke is answered
 * within milliseconds whatever the number of channels.
 */
export class OnNow {
  readonly #blocks: Block[] = [];

  /** Adds a channel. @param number its id in the guide. @param ids the channels of the list that show it. */
  add(number: number, ids: readonly ChannelId[]): void {
    let block = this.#blocks.at(-1);
    if (!block || block.currents.length >= BLOCK) {
      block = new Block();
      this.#blocks.push(block);
    }
    block.currents.push({ number, ids, words: '', until: 0 });
  }

  /** Replaces the programmes that have ended by their successors. Works in time slices; rejects with the signal's reason. */
  async update(guide: Pick<GuideReader, 'onAt'>, time: number, signal: AbortSignal): Promise<void> {
    const slices = new TimeSlices(signal);
    for (const block of this.#blocks) {
      let hasChanged = false;
      for (const current of block.currents) {
        if (current.until > time) continue;
        const { words, until } = guide.onAt(current.number, time);
        current.words = words;
        current.until = until;
        hasChanged = true;
        if (slices.due()) await slices.rest();
      }
      if (hasChanged) block.join();
    }
  }

  /** Ids of the channels whose current title contains this text, beginning at a word. @param words folded. */
  find(words: string): ChannelId[] {
    const found: ChannelId[] = [];
    for (const block of this.#blocks) {
      for (const ids of block.find(words)) {
        found.push(...ids);
        if (found.length >= MOST_FOUND) return found;
      }
    }
    return found;
  }
}

class Block {
  readonly currents: Current[] = [];
  #text = '';
  /** The start of each title in the text. */
  #starts: readonly number[] = [];

  join(): void {
    let text = '';
    this.#starts = this.currents.map(({ words }) => {
      const start = text.length;
      text += ` ${words}\n`;
      return start;
    });
    this.#text = text;
  }

  *find(words: string): Generator<readonly ChannelId[]> {
    const wanted = ` ${words}`;
    let place = 0;
    for (let at = this.#text.indexOf(wanted); at >= 0; ) {
      while ((this.#starts[place + 1] ?? Number.POSITIVE_INFINITY) <= at) place++;
      const current = this.currents[place];
      if (current) yield current.ids;
      const next = this.#starts[place + 1];
      if (next === undefined) return;
      at = this.#text.indexOf(wanted, next);
    }
  }
}
