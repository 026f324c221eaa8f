import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { ChannelChoice } from '../domain/channel-choice.ts';
import type { ChannelId } from '../domain/ids.ts';
import {
  type ChannelMove,
  moveRows,
  rememberedIn,
  type StoredChannel,
  toStoredChannel,
} from './channel-moves.ts';

/** The choice for one entry of the list. */
export interface StoredChoice extends StoredChannel {
  readonly choice: ChannelChoice;
  /** Whether it holds for this entry alone, and not for further variants of its channel. */
  readonly isAlone: boolean;
}

const row = z.object({
  name: z.string().nullable(),
  country: z.string().nullable(),
  number: z.number().nullable(),
  is_hidden: z.number(),
  is_alone: z.number(),
});

/** What somebody has chosen for channels: names, numbers and which are hidden. */
export class ChannelChoices {
  readonly #database: DatabaseSync;
  #all: readonly StoredChoice[];

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#all = readAll(database);
  }

  /** All choices, in the order of their ids; the same array until one changes. */
  all(): readonly StoredChoice[] {
    return this.#all;
  }

  /** Stores the choices of several entries. One that chooses nothing is forgotten. */
  put(choices: readonly StoredChoice[]): void {
    const put = this.#database.prepare(
      `INSERT OR REPLACE INTO channel_choices (channel_id, channel_name, name, country, number, is_hidden, is_alone)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    const remove = this.#database.prepare('DELETE FROM channel_choices WHERE channel_id = ?');
    for (const { channelId, channelName, choice, isAlone } of choices) {
      const { called, number, isHidden } = choice;
      if (called === null && number === null && !isHidden) remove.run(channelId);
      else
        put.run(
          channelId,
          channelName,
          called?.name ?? null,
          called?.country ?? null,
          number,
          Number(isHidden),
          Number(isAlone),
        );
    }
    this.#all = readAll(this.#database);
  }

  /** Forgets what was chosen for entries. */
  forget(channelIds: readonly ChannelId[]): void {
    const remove = this.#database.prepare('DELETE FROM channel_choices WHERE channel_id = ?');
    for (const id of channelIds) remove.run(id);
    this.#all = readAll(this.#database);
  }

  /** All entries, each once. */
  remembered(): StoredChannel[] {
    return rememberedIn(this.#database, 'channel_choices');
  }

  /**
   * Makes the choices follow entries that the provider has given other ids. One whose entry has left stays: it is found by its
   * name again, as hidden channels are, which the list does not have.
   */
  move(moves: readonly ChannelMove[]): void {
    const statements = {
      arrive:
        'UPDATE OR REPLACE channel_choices SET channel_id = :id, channel_name = :name WHERE channel_id = :placeholder',
    };
    moveRows(this.#database, 'channel_choices', statements, moves);
    this.#all = readAll(this.#database);
  }
}

function readAll(database: DatabaseSync): readonly StoredChoice[] {
  return database.prepare('SELECT * FROM channel_choices ORDER BY channel_id').all().map(toChoice);
}

function toChoice(given: unknown): StoredChoice {
  const { name, country, number, is_hidden: isHidden, is_alone: isAlone } = row.parse(given);
  const called = name === null ? null : { name, country };
  return {
    ...toStoredChannel(given),
    choice: { called, number, isHidden: isHidden === 1 },
    isAlone: isAlone === 1,
  };
}
