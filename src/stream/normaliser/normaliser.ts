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
import { beginsKeyframe, sniff } from '../mpeg-ts/sniff-codec.ts';
import { StreamClock } from '../mpeg-ts/stream-clock.ts';
import { PacketAligner } from './packet-aligner.ts';
import { type Damage, PacketCounters } from './packet-counters.ts';
import { chooseProgram, isAlive } from './program-choice.ts';
import { SourceSurvey } from './source-survey.ts';
import { type Layout, type Place, StreamLayout } from './stream-layout.ts';

/** Consecutive whole packets in the constant layout. */
export interface Piece {
  readonly bytes: Buffer;
  /** True if a decoder can start here: the piece holds PAT and PMT, and a keyframe, or sound without video, follows. */
  readonly isStart: boolean;
  readonly layout: Layout;
  /** Stream time at the end of the piece, in seconds. */
  readonly seconds: number;
}

/** Seconds of stream time without packets after which video, or an audio track, counts as gone. */
const VIDEO_GONE = 2;
const TRACK_GONE = 2.5;
/** Seconds of stream time between two checks for gone streams. */
const CHECK_EVERY = 0.25;
/** Most bytes to hold back for streams that a new PMT announces. */
const MOST_HELD = 256 * 1024;
/** Most seconds between our PAT and PMT; each keyframe brings them too. */
const TABLES_EVERY = 0.4;

/**
 * Turns a provider's transport stream into one with a constant layout: one programme, fixed PIDs, our own PAT and PMT.
 * The provider's streams may move, change, end and come back; only changes that a decoder must know appear, as another
 * layout from one piece on. Packets are rewritten in place.
 */
export class Normaliser {
  readonly #aligner = new PacketAligner((packets) => this.#takePackets(packets));
  readonly #survey = new SourceSurvey();
  readonly #streams = new StreamLayout();
  readonly #clock = new StreamClock();
  readonly #counters = new PacketCounters();
  #keyframes = new KeyframeWatch();
  readonly #onPiece: (piece: Piece) => void;
  /** Packets since a PMT announced a stream that has not arrived yet; null if none is expected. */
  #held: Buffer[] | null = null;
  /** Packets before the channel opened; null from then on. */
  #early: Buffer[] | null = [];
  #program = 0;
  /** True if the programme is made up from the bytes, because the provider's tables are missing or wrong. */
  #isMadeUp = false;
  #changesSeen = -1;
  #layout: Layout = { video: null, audio: [] };
  #layoutKey = '';
  #checkedAt = 0;
  #tablesAt = Number.NEGATIVE_INFINITY;
  /** Offsets in the current chunk: of the next piece's begin, and of the next packet to write. */
  #from = 0;
  #to = 0;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(onPiece: (piece: Piece) => void) {
    this.#onPiece = onPiece;
  }

  /** The channel's current layout; empty until it is open. */
  get layout(): Layout {
    return this.#layout;
  }

  /** Number of packets of the programme so far, and of those broken on their way or preceded by a loss. */
  get damage(): Damage {
    return this.#counters.damage;
  }

  /** True once the channel's layout is known and pieces are delivered. */
  get isOpen(): boolean {
    return this.#early === null;
  }

  /** Takes bytes of the provider's stream. @param chunk of any length; its memory is kept and written to. */
  take(chunk: Buffer): void {
    this.#aligner.take(chunk);
  }

  /**
   * Opens the channel if its layout is known by now.
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
    this.#updateLayout();
    for (const place of [this.#streams.video, ...this.#streams.audio])
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

  /** Writes packets in place. @param isNew true if the survey has not seen them. */
  #write(packets: Buffer, isNew: boolean): void {
    this.#chunk = packets;
    this.#from = 0;
    this.#to = 0;
    for (let at = 0; at < packets.length; at += PACKET_SIZE) {
      if (isNew) {
        this.#survey.look(packets, at);
        if (this.#mustHold()) {
          this.#emit();
          this.#hold(packets.subarray(at));
          return;
        }
        if (this.#survey.changes !== this.#changesSeen) this.#updateLayout();
      }
      const pid = pidOf(packets, at);
      const place = this.#streams.placeOf(pid);
      const clock = programClock(packets, at);
      if (clock !== null && pid === this.#streams.clockPid) this.#clock.tick(0, clock);
      if (place) this.#writePacket(packets, at, place);
      if (this.#clock.heard - this.#checkedAt > CHECK_EVERY) this.#dropGoneStreams();
    }
    this.#emit();
  }

  /** Returns the streams for which a new PMT declares another codec than their bytes have. */
  #expected(): StreamEntry[] {
    const { streams = [] } = this.#currentProgram() ?? {};
    return streams.filter((entry) => {
      const place = this.#streams.placeOf(entry.pid);
      const declared = declaredContent(entry);
      if (!place?.entry || !place.content || !declared || agrees(declared, place.content)) return false;
      return !sameContent(declaredContent(place.entry), declared);
    });
  }

  /** True if a new PMT announces a codec that the bytes do not show yet. */
  #mustHold(): boolean {
    if (this.#survey.changes === this.#changesSeen || this.#isMadeUp) return false;
    return this.#expected().some((entry) => !this.#survey.shows(entry));
  }

  /** Holds packets back until the bytes show what the new PMT announces, which arrives a moment later. */
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
    const cut = this.#changeIn(held);
    this.#write(held.subarray(0, cut), false);
    this.#updateLayout();
    this.#write(held.subarray(cut), false);
  }

  /** Returns the offset of the first packet with an announced codec. */
  #changeIn(packets: Buffer): number {
    const expected = new Map(this.#expected().map((entry) => [entry.pid, declaredContent(entry)]));
    for (let at = 0; at < packets.length; at += PACKET_SIZE) {
      const content = expected.get(pidOf(packets, at));
      if (content && agrees(content, sniff(packets, at))) return at;
    }
    return 0;
  }

  #writePacket(packets: Buffer, at: number, place: Place): void {
    // A scrambled packet is useless, and a decoder would mistake it for a picture.
    if (isScrambled(packets, at)) return;
    const isPicture = place === this.#streams.video;
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
    if (this.#streams.isKeyless === this.#keyframes.isKeyless) return;
    this.#streams.isKeyless = this.#keyframes.isKeyless;
    this.#adopt();
  }

  #writeTables(isKeyframe: boolean): void {
    this.#emit();
    this.#tablesAt = this.#clock.seconds;
    this.#give(this.#streams.tables(), isKeyframe || this.#layout.video === null);
  }

  /** Delivers the packets written so far as a piece. */
  #emit(): void {
    if (this.#to > this.#from) this.#give(this.#chunk.subarray(this.#from, this.#to), false);
    this.#from = this.#to;
  }

  #give(bytes: Buffer, isStart: boolean): void {
    this.#onPiece({ bytes, isStart, layout: this.#layout, seconds: this.#clock.seconds });
  }

  /** Updates the layout after a change of the tables or of the streams' content. */
  #updateLayout(): void {
    const survey = this.#survey;
    this.#changesSeen = survey.changes;
    if (this.#isMadeUp) this.#isMadeUp = !survey.programs.some((program) => isAlive(program, this.#survey));
    const program = this.#isMadeUp ? survey.madeUp : this.#currentProgram();
    if (!program) return;
    this.#program = program.number;
    this.#streams.update(program, survey);
    // The stream may come from another encoder now.
    if (this.#streams.video.isMoved) this.#keyframes = new KeyframeWatch();
    for (const place of [this.#streams.video, ...this.#streams.audio])
      if (place.isMoved) place.seenAt = this.#clock.heard;
    this.#adopt();
  }

  /** Returns the chosen programme while it has audio or video, else another programme that is sent. */
  #currentProgram(): ProgramMap | null {
    const chosen = this.#survey.program(this.#program);
    const hasAny = chosen?.streams.some((entry) => this.#survey.contentOf(entry) !== null);
    return hasAny
      ? chosen
      : (this.#survey.programs.find((program) => isAlive(program, this.#survey)) ?? chosen);
  }

  /** Drops streams that have sent nothing for a while. */
  #dropGoneStreams(): void {
    const now = this.#clock.heard;
    this.#checkedAt = now;
    const { video, audio } = this.#streams;
    if (now - video.seenAt > VIDEO_GONE) video.isPresent = false;
    for (const place of audio) if (now - place.seenAt > TRACK_GONE) place.isPresent = false;
    this.#adopt();
  }

  /** Switches to the current layout if it has changed, and writes its PAT and PMT. */
  #adopt(): void {
    if (this.#early) return;
    const { layout } = this.#streams;
    const key = JSON.stringify(layout);
    if (key === this.#layoutKey) return;
    this.#emit();
    this.#layoutKey = key;
    this.#layout = layout;
    this.#writeTables(false);
  }
}
