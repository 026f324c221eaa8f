import { KeyframeWatch } from '../mpeg-ts/keyframe-watch.ts';
import {
  decodingTimestamp,
  hasPayload,
  isRandomAccess,
  isScrambled,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  programClock,
  setPid,
} from '../mpeg-ts/packets.ts';
import {
  agrees,
  declaredContent,
  type ProgramMap,
  type StreamEntry,
  sameContent,
} from '../mpeg-ts/program-map.ts';
import { beginsKeyframe, sniff } from '../mpeg-ts/sniff.ts';
import { StreamClock } from '../mpeg-ts/stream-clock.ts';
import { PacketAligner } from './packet-aligner.ts';
import { type Damage, PacketCounters } from './packet-counters.ts';
import { chooseProgram, isAlive } from './program-choice.ts';
import { SourceSurvey } from './source-survey.ts';
import { type Layout, type Place, StreamLayout } from './stream-layout.ts';

/** A stretch of whole packets in the constant layout. */
export interface Piece {
  readonly bytes: Buffer;
  /** A decoder can start here: it begins with the tables, and what comes next is a keyframe, or sound alone. */
  readonly isStart: boolean;
  readonly layout: Layout;
  /** How far the source had come at its end, in seconds. */
  readonly seconds: number;
}

/** Seconds of stream time after which what has stopped is taken to be gone. */
const PICTURE_GONE = 2;
const TRACK_GONE = 2.5;
/** … and between two looks for that. */
const LOOK_EVERY = 0.25;
/** Bytes that are held back at most for what a map announces. */
const MOST_HELD = 256 * 1024;
/** Seconds between our tables, where no keyframe brings them. */
const TABLES_EVERY = 0.4;

/**
 * Turns whatever transport stream a provider sends into one with a constant layout: one programme, fixed PIDs, our own
 * tables. What a PID holds may move, change, end and come back; only what a decoder must know is told, as another layout
 * from one piece on. Packets are renamed in place.
 */
export class Normaliser {
  readonly #aligner = new PacketAligner((packets) => this.#takePackets(packets));
  readonly #survey = new SourceSurvey();
  readonly #lineup = new StreamLayout();
  readonly #clock = new StreamClock();
  readonly #counters = new PacketCounters();
  #keyframes = new KeyframeWatch();
  readonly #onPiece: (piece: Piece) => void;
  /** What came since a map announced something that is not there yet. */
  #held: Buffer[] | null = null;
  /** What came before it was known what it is; null from then on. */
  #early: Buffer[] | null = [];
  #program = 0;
  #isMadeUp = false;
  #changesSeen = -1;
  #layout: Layout = { video: null, audio: [] };
  #layoutKey = '';
  #lookedAt = 0;
  #tablesAt = Number.NEGATIVE_INFINITY;
  /** Where in the chunk being written the next piece begins, and where the next packet goes. */
  #from = 0;
  #to = 0;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(onPiece: (piece: Piece) => void) {
    this.#onPiece = onPiece;
  }

  /** What the channel consists of now; empty until it is open. */
  get layout(): Layout {
    return this.#layout;
  }

  /** Packets of the programme so far, and those of them that were broken on their way or came after a loss. */
  get damage(): Damage {
    return this.#counters.damage;
  }

  /** It is known what the channel consists of, and pieces are given. */
  get isOpen(): boolean {
    return this.#early === null;
  }

  /** Takes bytes of the provider's stream. @param chunk of any length; its memory is kept and written to. */
  take(chunk: Buffer): void {
    this.#aligner.take(chunk);
  }

  /**
   * Looks whether the channel can be opened by now.
   * @param waited milliseconds since the first byte.
   * @throws AppError channel_scrambled, channel_not_video
   */
  open(waited: number): void {
    if (!this.#early) return;
    const program = chooseProgram(this.#survey, waited);
    if (!program) return;
    const early = this.#early;
    this.#program = program.number;
    this.#isMadeUp = this.#survey.program(program.number) !== program;
    this.#follow();
    for (const place of [this.#lineup.video, ...this.#lineup.audio])
      place.isPresent = place.entry !== null && this.#survey.isSeen(place.entry.pid);
    this.#early = null;
    this.#adopt();
    for (const packets of early) this.#write(packets, false);
  }

  #takePackets(packets: Buffer): void {
    if (this.#early) {
      this.#early.push(packets);
      for (let at = 0; at < packets.length; at += PACKET_SIZE) this.#survey.look(packets, at);
    } else if (this.#held) this.#hold(packets);
    else this.#write(packets, true);
  }

  /** Writes packets on, in place. @param isNew they have not been looked at. */
  #write(packets: Buffer, isNew: boolean): void {
    this.#chunk = packets;
    this.#from = 0;
    this.#to = 0;
    for (let at = 0; at < packets.length; at += PACKET_SIZE) {
      if (isNew) {
        this.#survey.look(packets, at);
        if (this.#mustSettle()) {
          this.#emit();
          this.#hold(packets.subarray(at));
          return;
        }
        if (this.#survey.changes !== this.#changesSeen) this.#follow();
      }
      const pid = pidOf(packets, at);
      const place = this.#lineup.placeOf(pid);
      const clock = programClock(packets, at);
      if (clock !== null && pid === this.#lineup.clockPid) this.#clock.tick(0, clock);
      if (place) this.#writePacket(packets, at, place);
      if (this.#clock.heard - this.#lookedAt > LOOK_EVERY) this.#lookForWhatIsGone();
    }
    this.#emit();
  }

  /** Streams whose codec is another one by a map that has just come, while their bytes do not show it yet. */
  #expected(): StreamEntry[] {
    const { streams = [] } = this.#programNow() ?? {};
    return streams.filter((entry) => {
      const place = this.#lineup.placeOf(entry.pid);
      const declared = declaredContent(entry);
      if (!place?.entry || !place.content || !declared || agrees(declared, place.content)) return false;
      return !sameContent(declaredContent(place.entry), declared);
    });
  }

  #mustSettle(): boolean {
    if (this.#survey.changes === this.#changesSeen || this.#isMadeUp) return false;
    return this.#expected().some((entry) => !this.#survey.shows(entry));
  }

  /** A map comes a moment before what it announces: until all of that is there, nothing goes on. */
  #hold(packets: Buffer): void {
    const isFirst = this.#held === null;
    this.#held ??= [];
    this.#held.push(packets);
    for (let at = isFirst ? PACKET_SIZE : 0; at < packets.length; at += PACKET_SIZE)
      this.#survey.look(packets, at);
    const size = this.#held.reduce((sum, { length }) => sum + length, 0);
    if (size < MOST_HELD && this.#expected().some((entry) => !this.#survey.shows(entry))) return;
    const held = Buffer.concat(this.#held);
    this.#held = null;
    const cut = this.#whereChanged(held);
    this.#write(held.subarray(0, cut), false);
    this.#follow();
    this.#write(held.subarray(cut), false);
  }

  /** The first packet of what was announced. */
  #whereChanged(packets: Buffer): number {
    const expected = new Map(this.#expected().map((entry) => [entry.pid, declaredContent(entry)]));
    for (let at = 0; at < packets.length; at += PACKET_SIZE) {
      const content = expected.get(pidOf(packets, at));
      if (content && agrees(content, sniff(packets, at))) return at;
    }
    return 0;
  }

  #writePacket(packets: Buffer, at: number, place: Place): void {
    // Nobody can use it, and decoders take it for a picture.
    if (isScrambled(packets, at)) return;
    const isPicture = place === this.#lineup.video;
    if (isPicture) this.#watchKeyframes(packets, at, place);
    const begins = isUnitStart(packets, at) && hasPayload(packets, at);
    const isKeyframe =
      begins &&
      isPicture &&
      place.content?.kind === 'video' &&
      (isRandomAccess(packets, at) || beginsKeyframe(packets, at, place.content.codec));
    if (begins && place.content) {
      const timestamp = decodingTimestamp(packets, at);
      if (timestamp !== null) this.#clock.tick(isPicture ? 1 : 2, timestamp);
    }
    if (hasPayload(packets, at)) place.seenAt = this.#clock.heard;
    if (!place.isPresent && begins && (!isPicture || isKeyframe)) {
      place.isPresent = true;
      this.#adopt();
    }
    if (isPicture && !place.isPresent) return;
    if (isKeyframe || this.#clock.seconds - this.#tablesAt > TABLES_EVERY) this.#writeTables(isKeyframe);
    if (this.#to !== at) packets.copyWithin(this.#to, at, at + PACKET_SIZE);
    this.#counters.take(packets, this.#to, place);
    setPid(packets, this.#to, place.pid);
    this.#to += PACKET_SIZE;
  }

  #watchKeyframes(packets: Buffer, at: number, { content }: Place): void {
    if (content?.codec !== 'h264') return;
    this.#keyframes.look(packets, at, this.#clock.heard);
    if (this.#lineup.isKeyless === this.#keyframes.isKeyless) return;
    this.#lineup.isKeyless = this.#keyframes.isKeyless;
    this.#adopt();
  }

  #writeTables(isKeyframe: boolean): void {
    this.#emit();
    this.#tablesAt = this.#clock.seconds;
    this.#give(this.#lineup.tables(), isKeyframe || this.#layout.video === null);
  }

  /** What has been written so far, as a piece. */
  #emit(): void {
    if (this.#to > this.#from) this.#give(this.#chunk.subarray(this.#from, this.#to), false);
    this.#from = this.#to;
  }

  #give(bytes: Buffer, isStart: boolean): void {
    this.#onPiece({ bytes, isStart, layout: this.#layout, seconds: this.#clock.seconds });
  }

  /** Follows the tables, and what the bytes say. */
  #follow(): void {
    const survey = this.#survey;
    this.#changesSeen = survey.changes;
    if (this.#isMadeUp) this.#isMadeUp = !survey.programs.some((program) => isAlive(program, this.#survey));
    const program = this.#isMadeUp ? survey.madeUp : this.#programNow();
    if (!program) return;
    this.#program = program.number;
    this.#lineup.update(program, survey);
    // Another encoder, it may be.
    if (this.#lineup.video.isMoved) this.#keyframes = new KeyframeWatch();
    for (const place of [this.#lineup.video, ...this.#lineup.audio])
      if (place.isMoved) place.seenAt = this.#clock.heard;
    this.#adopt();
  }

  /** The programme that was chosen, for as long as it is there and has anything; else another. */
  #programNow(): ProgramMap | null {
    const chosen = this.#survey.program(this.#program);
    const hasAny = chosen?.streams.some((entry) => this.#survey.contentOf(entry) !== null);
    return hasAny
      ? chosen
      : (this.#survey.programs.find((program) => isAlive(program, this.#survey)) ?? chosen);
  }

  #lookForWhatIsGone(): void {
    const now = this.#clock.heard;
    this.#lookedAt = now;
    const { video, audio } = this.#lineup;
    if (now - video.seenAt > PICTURE_GONE) video.isPresent = false;
    for (const place of audio) if (now - place.seenAt > TRACK_GONE) place.isPresent = false;
    this.#adopt();
  }

  /** Another layout counts from here on. */
  #adopt(): void {
    if (this.#early) return;
    const { layout } = this.#lineup;
    const key = JSON.stringify(layout);
    if (key === this.#layoutKey) return;
    this.#emit();
    this.#layoutKey = key;
    this.#layout = layout;
    this.#writeTables(false);
  }
}
