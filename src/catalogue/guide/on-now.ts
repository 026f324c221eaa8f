import { TimeSlices } from '../time-slices.ts';
import type { GuideReader } from './guide-reader.ts';

interface Current {
  /** Of the channel, in the guide's file. */
  readonly number: number;
  /** The channels of the list that show it. */
  readonly ids: readonly number[];
  words: string;
  until: number;
}

/** Channels whose titles are looked through at once; where one of them changes, these are joined anew. */
const BLOCK = 500;
/** More than anybody looks through, and than the search compares. */
const MOST_FOUND = 200;

/**
 * The titles of all that is on now, in memory: one long text for each 500 channels, since a keystroke must be answered
 * within milliseconds however many there are.
 */
export class OnNow {
  readonly #blocks: Block[] = [];

  /** @param number of a channel in the guide. @param ids of the channels of the list that show it. */
  add(number: number, ids: readonly number[]): void {
    let block = this.#blocks.at(-1);
    if (!block || block.currents.length >= BLOCK) {
      block = new Block();
      this.#blocks.push(block);
    }
    block.currents.push({ number, ids, words: '', until: 0 });
  }

  /** Looks up what follows what is over. In slices; rejects with the signal's reason. */
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

  /** Ids of channels on which a title has these words, which are folded, one of them the beginning of a word at least. */
  find(words: string): number[] {
    const found: number[] = [];
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
  /** Where in the text each title begins. */
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

  *find(words: string): Generator<readonly number[]> {
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
