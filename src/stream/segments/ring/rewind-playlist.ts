import { withinPictures } from '../../../domain/watch-paths.ts';
import { timeTag } from '../playlist-text.ts';
import type { RingEntry } from './ring-entry.ts';
import { LONGEST_PLAYLIST, type SegmentRing } from './segment-ring.ts';

export interface RewindPlaylistOptions {
  readonly ring: Pick<SegmentRing, 'entries' | 'entryOf'>;
  /** Seconds. */
  readonly targetDuration: number;
  /** The address of a segment, relative to the playlist. */
  readonly uri: (sequence: number) => string;
  /** Mark each change of the source. */
  readonly discontinuities: boolean;
}

const FIRST_CAPACITY = 64 * 1024;

/**
 * The playlists of a screen's past for one kind of player: EVENT playlists (RFC 8216, 4.3.3.5), each with a first segment that
 * stays. All are slices of one text, to which each segment adds its lines once.
 */
export class RewindPlaylist {
  readonly #options: RewindPlaylistOptions;
  #text = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
  #length = 0;
  /** The index of the entry that the first of `#starts` is about. */
  #firstIndex = 0;
  /** Where the lines of each entry begin, behind those that mark a change of the source. */
  #starts: number[] = [];

  constructor(options: RewindPlaylistOptions) {
    this.#options = options;
  }

  /** The playlist that begins with a segment; null if it is not known any more. @param first its media sequence number */
  text(first: number): Buffer | null {
    const { ring, targetDuration, discontinuities } = this.#options;
    const begin = ring.entryOf(first);
    if (!begin) return null;
    this.#addNew();
    const header = [
      '#EXTM3U',
      '#EXT-X-VERSION:6',
      '#EXT-X-PLAYLIST-TYPE:EVENT',
      `#EXT-X-TARGETDURATION:${targetDuration}`,
      `#EXT-X-MEDIA-SEQUENCE:${begin.index}`,
    ];
    if (discontinuities) header.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${begin.breaks}`);
    header.push(timeTag(begin), '');
    const from = this.#startOf(begin);
    const end = this.#endOf(begin);
    if (end !== null)
      return Buffer.concat([
        Buffer.from(header.join('\n')),
        this.#text.subarray(from, this.#startOf(end)),
        Buffer.from('#EXT-X-ENDLIST\n'),
      ]);
    return Buffer.concat([Buffer.from(header.join('\n')), this.#text.subarray(from, this.#length)]);
  }

  /** The first entry that is too far behind the first one; null while there is none. */
  #endOf(begin: RingEntry): RingEntry | null {
    const latest = begin.programDateTime + LONGEST_PLAYLIST;
    const last = this.#options.ring.entries.at(-1);
    if (!last || last.programDateTime < latest) return null;
    return this.#options.ring.entries.find(({ programDateTime }) => programDateTime >= latest) ?? null;
  }

  #startOf({ index }: RingEntry): number {
    return this.#starts[index - this.#firstIndex] ?? this.#length;
  }

  #addNew(): void {
    const { entries } = this.#options.ring;
    const [first] = entries;
    if (!first) return;
    const next = this.#firstIndex + this.#starts.length;
    if (first.index > next || (entries.at(-1)?.index ?? 0) < next - 1) {
      // Nothing of it is left.
      [this.#text, this.#length, this.#starts] = [Buffer.allocUnsafeSlow(FIRST_CAPACITY), 0, []];
      this.#firstIndex = first.index;
    }
    const added = this.#firstIndex + this.#starts.length - first.index;
    for (const entry of entries.slice(added)) this.#add(entry);
    this.#dropBefore(first);
  }

  #add(entry: RingEntry): void {
    const { uri, discontinuities } = this.#options;
    // The time is what a player goes by where the past has a hole, with or without the mark.
    if (entry.discontinuity)
      this.#write(`${discontinuities ? '#EXT-X-DISCONTINUITY\n' : ''}${timeTag(entry)}\n`);
    this.#starts.push(this.#length);
    if (!entry.independent) this.#write(`#${withinPictures}\n`);
    this.#write(`#EXTINF:${entry.duration.toFixed(3)},\n${uri(entry.sequence)}\n`);
  }

  #write(lines: string): void {
    if (this.#length + lines.length > this.#text.length) this.#move(0, 2 * this.#text.length);
    this.#length += this.#text.write(lines, this.#length, 'latin1');
  }

  /** Gives the memory of lines back once they are the larger part. */
  #dropBefore(first: RingEntry): void {
    const from = this.#startOf(first);
    if (from < this.#length / 2 || from < FIRST_CAPACITY) return;
    this.#starts = this.#starts.slice(first.index - this.#firstIndex).map((start) => start - from);
    this.#firstIndex = first.index;
    this.#move(from, this.#text.length);
  }

  #move(from: number, capacity: number): void {
    const text = Buffer.allocUnsafeSlow(capacity);
    this.#text.copy(text, 0, from, this.#length);
    this.#text = text;
    this.#length -= from;
  }
}
