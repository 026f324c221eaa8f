import type { EventSlot } from '../names/event-slot.ts';
import { foldWords } from '../names/fold.ts';
import type { TimeSlices } from '../time-slices.ts';
import { StringTable } from './string-table.ts';

/** The fewest numbers of a series. */
const FEWEST = 4;
/** No broadcaster numbers so many channels: such a series is one of events, even if no name tells that it is empty. */
const MANY = 25;
/** What so many numbers of a series say, in two words at least, is no event: "NO EVENT TODAY", in any language. */
const SAME_TEXT = 3;

/** An entry that has an event now. */
export interface EventEntry {
  readonly place: number;
  readonly series: string;
  /** As the provider writes it, without the slot's number: "Fury - Usyk". */
  readonly text: string;
}

/** The series of events in a list. */
export interface EventSeries {
  /** 1 by place for an entry that waits for an event. */
  readonly isIdle: Uint8Array;
  readonly events: readonly EventEntry[];
  /** The series, also those without an event. */
  readonly series: readonly string[];
}

interface Slot {
  readonly place: number;
  readonly number: number;
  readonly text: string | null;
  readonly folded: string;
}

/**
 * Tells series of channels for events, whose names change with what they show, from numbered channels: they have many
 * numbers, and at least half of these say by a sign or a common text that there is no event.
 */
export class EventSeriesCollector {
  readonly #names: StringTable;
  readonly #seriesOf: Int32Array;
  readonly #numbers: Uint16Array;
  /** What follows the number, where something or at least a sign does. */
  readonly #texts = new Map<number, string>();
  readonly #counts: Uint16Array;
  readonly #signed: Uint8Array;

  constructor(length: number) {
    this.#names = new StringTable(length);
    this.#seriesOf = new Int32Array(length).fill(-1);
    this.#numbers = new Uint16Array(length);
    this.#counts = new Uint16Array(length);
    this.#signed = new Uint8Array(length);
  }

  add(place: number, { series, number, text }: EventSlot): void {
    const id = this.#names.add(series);
    this.#seriesOf[place] = id;
    this.#numbers[place] = number;
    this.#counts[id] = Math.min(0xffff, (this.#counts[id] ?? 0) + 1);
    if (text === null) return;
    this.#texts.set(place, text);
    this.#signed[id] = 1;
  }

  remove(place: number): void {
    this.#seriesOf[place] = -1;
  }

  async find(slices: TimeSlices): Promise<EventSeries> {
    const isIdle = new Uint8Array(this.#seriesOf.length);
    const candidates = new Map<number, Slot[]>();
    for (const [place, id] of this.#seriesOf.entries()) {
      if (slices.due()) await slices.rest();
      const count = this.#counts[id] ?? 0;
      if (id < 0 || count < (this.#signed[id] ? FEWEST : MANY)) continue;
      const text = this.#texts.get(place) ?? null;
      const slot = { place, number: this.#numbers[place] ?? 0, text, folded: foldWords(text ?? '') };
      const slots = candidates.get(id);
      if (slots) slots.push(slot);
      else candidates.set(id, [slot]);
    }
    const events: EventEntry[] = [];
    const series: string[] = [];
    for (const [id, slots] of candidates) {
      if (slices.due()) await slices.rest();
      const idle = idleSlots(slots);
      if (!idle) continue;
      const name = this.#names.strings[id] ?? '';
      series.push(name);
      for (const slot of slots)
        if (idle.has(slot)) isIdle[slot.place] = 1;
        else events.push({ place: slot.place, series: name, text: slot.text ?? '' });
    }
    return { isIdle, events, series };
  }
}

/** The slots without an event; null if it is no series of events. */
function idleSlots(slots: readonly Slot[]): ReadonlySet<Slot> | null {
  const numbers = new Set(slots.map(({ number }) => number));
  if (numbers.size < FEWEST) return null;
  const numbersOf = new Map<string, Set<number>>();
  for (const { folded, number } of slots) {
    const known = numbersOf.get(folded) ?? new Set();
    numbersOf.set(folded, known.add(number));
  }
  const isCommon = ({ folded }: Slot) =>
    folded.includes(' ') && (numbersOf.get(folded)?.size ?? 0) >= SAME_TEXT;
  const idle = slots.filter((slot) => slot.folded === '' || isCommon(slot));
  // In a short series a bare number may be a channel like any other.
  const told = numbers.size >= MANY ? idle : idle.filter(({ text }) => text !== null);
  // What all say may as well be a part of their names.
  if (numbersOf.size === 1 && !numbersOf.has('')) return null;
  const isOfEvents = new Set(told.map(({ number }) => number)).size * 2 >= numbers.size;
  return isOfEvents ? new Set(idle) : null;
}
