import type { AudioTrack } from '../../domain/audio-track.ts';
import { PACKET_SIZE } from '../mpeg-ts/packets.ts';
import {
  agrees,
  type Content,
  type ProgramMap,
  readLanguage,
  renamed,
  type StreamEntry,
  type VideoCodec,
  writeProgramList,
  writeProgramMap,
} from '../mpeg-ts/program-map.ts';
import { toPackets } from '../mpeg-ts/psi.ts';
import type { SourceSurvey } from './source-survey.ts';

/** Video codec and audio tracks of a channel, as the tuner delivers it at one moment. */
export interface Layout {
  /** Null if the channel has no video. */
  readonly video: VideoCodec | null;
  /** Tracks that send packets, in the order in which the provider first listed them. */
  readonly audio: readonly AudioTrack[];
}

/** PIDs of the tuner's output, whatever the provider's PIDs are. */
export const SOURCE_VIDEO_PID = 0x100;
const FIRST_AUDIO_PID = 0x101;
const FIRST_OTHER_PID = 0x180;
/** PID of the programme's clock if no stream carries it. */
const CLOCK_PID = 0x1f0;
const MAP_PID = 0x1000;
const PROGRAM = 1;

/** One place of the constant layout, and the provider's stream that has it now. */
export interface Place {
  readonly pid: number;
  /** Null if the provider does not list the stream any more. */
  entry: StreamEntry | null;
  content: Content;
  /** True while the stream sends packets. */
  isPresent: boolean;
  /** Stream time of the last packet, in seconds. */
  seenAt: number;
  /** Added to the provider's continuity counters, so that a move to another PID does not look like a packet loss. */
  counterOffset: number;
  lastCounter: number;
  /** The provider's last continuity counter. */
  rawCounter: number;
  /** True after a move to another PID of the provider, until its first packet. */
  isMoved: boolean;
}

/** The part of the survey that a layout needs. */
type Survey = Pick<SourceSurvey, 'contentOf' | 'isSeen' | 'isSniffed'>;

interface AudioPlace extends Place {
  readonly language: string | null;
  readonly isDescription: boolean;
}

/**
 * Gives each stream of a programme a fixed place while the source is open, so that moved PIDs do not show in the output.
 * A track keeps its place by PID and language, else by language, else by its position; a track that comes back gets
 * its former place.
 */
export class StreamLayout {
  readonly #video: Place = makePlace(SOURCE_VIDEO_PID);
  readonly #audio: AudioPlace[] = [];
  /** Subtitles, teletext and data, by the provider's PID. */
  readonly #others = new Map<number, Place>();
  readonly #byPid = new Map<number, Place>();
  #clockPid = 0x1fff;
  /** True if the video is H.264 without a picture at which a copy can start. */
  isKeyless = false;
  #version = 0;
  #listCounter = 0;
  /** Continuity counter of the PMT, which may take several packets. */
  #mapCounter = 0;
  #lastMap: Buffer | null = null;

  /** Returns the place of a provider's PID. */
  placeOf(pid: number): Place | undefined {
    return this.#byPid.get(pid);
  }

  get video(): Place {
    return this.#video;
  }

  get audio(): readonly Place[] {
    return this.#audio;
  }

  get clockPid(): number {
    return this.#clockPid;
  }

  get layout(): Layout {
    const { content } = this.#video;
    const codec = this.#video.isPresent && content?.kind === 'video' ? content.codec : null;
    return {
      video: codec === 'h264' && this.isKeyless ? 'h264 without keyframes' : codec,
      audio: this.#audio.flatMap(({ pid: id, language, isDescription, isPresent, content }) =>
        isPresent && content?.kind === 'audio' ? [{ id, language, isDescription, codec: content.codec }] : [],
      ),
    };
  }

  /** Assigns the streams of a new PMT to places. */
  update(map: ProgramMap, source: Survey): void {
    this.#byPid.clear();
    this.#clockPid = map.clockPid;
    // A PMT may list a PID twice; it still carries one stream.
    const streams = map.streams.filter(
      ({ pid }, index) => map.streams.findIndex((other) => other.pid === pid) === index,
    );
    const ofKind = (kind: 'video' | 'audio') =>
      streams.filter((entry) => source.contentOf(entry)?.kind === kind);
    const pictures = ofKind('video');
    const picture =
      pictures.find(({ pid }) => pid === this.#video.entry?.pid && source.isSeen(pid)) ??
      pictures.find(({ pid }) => source.isSeen(pid)) ??
      pictures[0];
    this.#assign(this.#video, picture ?? null, source);
    this.#assignAudio(ofKind('audio'), source);
    for (const place of this.#others.values()) place.entry = null;
    for (const entry of streams.filter((entry) => source.contentOf(entry) === null)) {
      const pid = FIRST_OTHER_PID + this.#others.size;
      const place = this.#others.get(entry.pid) ?? (pid < CLOCK_PID ? makePlace(pid) : null);
      if (!place) continue;
      this.#others.set(entry.pid, place);
      this.#assign(place, entry, source);
    }
    if (!this.#byPid.has(map.clockPid)) this.#byPid.set(map.clockPid, makePlace(CLOCK_PID));
  }

  /** Returns the packets of our own PAT and PMT for the current streams. */
  tables(): Buffer {
    const here = [this.#video, ...this.#audio].filter(({ isPresent, entry }) => isPresent && entry);
    const others = [...this.#others.values()].filter(({ entry }) => entry);
    const streams = [...here, ...others].flatMap(({ entry, content, pid }) =>
      entry ? [renamed(entry, content, pid)] : [],
    );
    const clockPid = this.#byPid.get(this.#clockPid)?.pid ?? 0x1fff;
    const write = () => writeProgramMap({ number: PROGRAM, clockPid, streams }, this.#version);
    let map = write();
    if (this.#lastMap && !this.#lastMap.equals(map)) {
      this.#version = (this.#version + 1) & 0x1f;
      map = write();
    }
    this.#lastMap = map;
    const list = toPackets(0, writeProgramList(PROGRAM, MAP_PID, 0), this.#listCounter++);
    const packets = toPackets(MAP_PID, map, this.#mapCounter);
    this.#mapCounter += packets.length / PACKET_SIZE;
    return Buffer.concat([list, packets]);
  }

  #assign(place: Place, entry: StreamEntry | null, source: Survey): void {
    if (entry && place.entry?.pid !== entry.pid) place.isMoved = true;
    place.entry = entry;
    if (entry) {
      const content = source.contentOf(entry);
      // After a move its bytes have not arrived yet, so the content stays what it was.
      const isAsBefore = !source.isSniffed(entry.pid) && agrees(content, place.content);
      place.content = isAsBefore ? place.content : content;
      this.#byPid.set(entry.pid, place);
    } else place.isPresent = false;
  }

  #assignAudio(entries: readonly StreamEntry[], source: Survey): void {
    const free = new Set(this.#audio);
    const assigned = new Map<StreamEntry, AudioPlace>();
    const match = (fits: (place: AudioPlace, entry: StreamEntry) => boolean) => {
      for (const entry of entries) {
        const place = assigned.has(entry) ? undefined : [...free].find((candidate) => fits(candidate, entry));
        if (!place) continue;
        assigned.set(entry, place);
        free.delete(place);
      }
    };
    const speaksAs = (place: AudioPlace, entry: StreamEntry) => {
      const { language, isDescription } = readLanguage(entry);
      return place.language === language && place.isDescription === isDescription;
    };
    match((place, entry) => place.entry?.pid === entry.pid && speaksAs(place, entry));
    match(speaksAs);
    match((place, entry) => place.entry !== null && this.#audio.indexOf(place) === entries.indexOf(entry));
    for (const entry of entries) {
      const place = assigned.get(entry) ?? this.#newTrack(entry);
      if (place) this.#assign(place, entry, source);
    }
    for (const place of free) this.#assign(place, null, source);
  }

  #newTrack(entry: StreamEntry): AudioPlace | null {
    const pid = FIRST_AUDIO_PID + this.#audio.length;
    if (pid >= FIRST_OTHER_PID) return null;
    const place = { ...makePlace(pid), ...readLanguage(entry) };
    this.#audio.push(place);
    return place;
  }
}

function makePlace(pid: number): Place {
  return {
    pid,
    entry: null,
    content: null,
    isPresent: false,
    seenAt: 0,
    counterOffset: 0,
    lastCounter: -1,
    rawCounter: -1,
    isMoved: false,
  };
}
