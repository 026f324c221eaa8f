import { type AudioTrack, toLanguage } from '../domain/audio-track.ts';
import { findSync, hasPayload, isUnitStart, PACKET_SIZE, payloadOffset, pidOf } from './mpeg-ts.ts';

export type VideoCodec = 'h264' | 'hevc' | 'mpeg2' | 'mpeg1' | 'mpeg4' | 'other';

/** What a channel is made of, by its programme map table. */
export interface ProgramMap {
  /** Null: no picture. */
  readonly video: VideoCodec | null;
  /** In the table's order; null: there is sound, of which nothing is known. */
  readonly audio: readonly AudioTrack[] | null;
}

/** ISO/IEC 13818-1 table 2-34, and what ATSC and DVB use beside it. */
const videoTypes: ReadonlyMap<number, VideoCodec> = new Map([
  [0x01, 'mpeg1'],
  [0x02, 'mpeg2'],
  [0x10, 'mpeg4'],
  [0x1b, 'h264'],
  [0x20, 'other'],
  [0x24, 'hevc'],
  [0x33, 'other'],
  [0x42, 'other'],
  [0xea, 'other'],
]);
const AAC = 0x0f;
const audioTypes: ReadonlySet<number> = new Set([0x03, 0x04, AAC, 0x11, 0x1c, 0x81, 0x82, 0x83, 0x84, 0x87]);
/** Private data (0x06) is audio if a descriptor says so: AC-3, E-AC-3, DTS or Opus by descriptor or registration. */
const audioDescriptors: ReadonlySet<number> = new Set([0x6a, 0x7a, 0x7b, 0x7c]);
const PRIVATE_DATA = 0x06;
const REGISTRATION = 0x05;
const audioRegistrations: ReadonlySet<string> = new Set(['AC-3', 'EAC3', 'Opus', 'DTS1', 'DTS2', 'DTS3']);
/** ISO/IEC 13818-1, 2.6.18: a language of three letters, then what kind of sound it is. */
const ISO_639_LANGUAGE = 0x0a;
const VISUAL_IMPAIRED_COMMENTARY = 0x03;
/** EN 300 468, 6.4.11: an extension descriptor that says what the sound is beside the main one. */
const EXTENSION = 0x7f;
const SUPPLEMENTARY_AUDIO = 0x06;
const DESCRIPTION_CLASS = 0x01;
/** Bytes at a section's end. */
const CHECKSUM = 4;
/** What some say for "audio description" in the place of its language. */
const descriptionCodes: ReadonlySet<string> = new Set(['qad', 'nar']);

/**
 * Reads the first programme map out of the beginning of a stream, so that FFmpeg can be started with the right
 * arguments at once. Null until a whole one has arrived, which may take several packets.
 */
export function readProgramMap(bytes: Uint8Array): ProgramMap | null {
  const mapPids = new Set<number>();
  const begun = new Map<number, Buffer>();
  for (let at = findSync(bytes); at >= 0 && at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE) {
    const pid = pidOf(bytes, at);
    if (pid === 0 && isUnitStart(bytes, at)) {
      const part = sectionPart(bytes, at);
      for (const found of programPids(wholeSection(part) ?? part)) mapPids.add(found);
    } else if (mapPids.has(pid) && hasPayload(bytes, at)) {
      const before = isUnitStart(bytes, at) ? null : begun.get(pid);
      if (before === undefined) continue;
      const section = Buffer.concat([before ?? Buffer.alloc(0), sectionPart(bytes, at)]);
      begun.set(pid, section);
      const whole = wholeSection(section);
      const map = whole && parseProgramMap(whole);
      if (map) return map;
    }
  }
  return null;
}

/** Those of the tracks that anything has come of. */
export function tracksWithin(bytes: Uint8Array, tracks: readonly AudioTrack[]): AudioTrack[] {
  const silent = new Set(tracks.map(({ id }) => id));
  for (let at = findSync(bytes); at >= 0 && at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE) {
    if (silent.size === 0) break;
    silent.delete(pidOf(bytes, at));
  }
  return tracks.filter(({ id }) => !silent.has(id));
}

/** What this packet holds of a section: all behind the pointer where one begins, else all. */
function sectionPart(bytes: Uint8Array, at: number): Uint8Array {
  const payload = at + payloadOffset(bytes, at);
  const start = isUnitStart(bytes, at) ? payload + 1 + (bytes[payload] ?? 0) : payload;
  return bytes.subarray(Math.min(start, at + PACKET_SIZE), at + PACKET_SIZE);
}

/** The section without what follows it; null where its end has not come. */
function wholeSection(bytes: Uint8Array): Uint8Array | null {
  const length = 3 + (u16(bytes, 1) & 0x0fff);
  return bytes.length < length ? null : bytes.subarray(0, length);
}

function programPids(table: Uint8Array): number[] {
  if (table[0] !== 0x00) return [];
  const pids: number[] = [];
  for (let at = 8; at + 8 <= table.length; at += 4) {
    const programNumber = u16(table, at);
    if (programNumber !== 0) pids.push(u16(table, at + 2) & 0x1fff);
  }
  return pids;
}

function parseProgramMap(table: Uint8Array): ProgramMap | null {
  if (table[0] !== 0x02) return null;
  let video: VideoCodec | null = null;
  const audio: AudioTrack[] = [];
  let at = 12 + (u16(table, 10) & 0x0fff);
  while (at + 5 <= table.length - CHECKSUM) {
    const type = table[at] ?? 0;
    const id = u16(table, at + 1) & 0x1fff;
    const infoLength = u16(table, at + 3) & 0x0fff;
    const descriptors = [...readDescriptors(table.subarray(at + 5, at + 5 + infoLength))];
    video ??= videoTypes.get(type) ?? null;
    if (audioTypes.has(type) || (type === PRIVATE_DATA && descriptors.some(meansAudio)))
      audio.push({ id, ...readLanguage(descriptors), isAac: type === AAC });
    at += 5 + infoLength;
  }
  return { video, audio };
}

interface Descriptor {
  readonly tag: number;
  readonly body: Uint8Array;
}

function* readDescriptors(bytes: Uint8Array): Generator<Descriptor> {
  for (let at = 0; at + 2 <= bytes.length; at += 2 + (bytes[at + 1] ?? 0))
    yield { tag: bytes[at] ?? 0, body: bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)) };
}

function meansAudio({ tag, body }: Descriptor): boolean {
  return audioDescriptors.has(tag) || (tag === REGISTRATION && audioRegistrations.has(letters(body, 0, 4)));
}

function readLanguage(descriptors: readonly Descriptor[]): Pick<AudioTrack, 'language' | 'isDescription'> {
  const said = descriptors.find(({ tag, body }) => tag === ISO_639_LANGUAGE && body.length >= 4)?.body;
  const code = said ? letters(said, 0, 3).toLowerCase() : '';
  const supplement = descriptors.find(
    ({ tag, body }) => tag === EXTENSION && body[0] === SUPPLEMENTARY_AUDIO,
  )?.body;
  const isDescription =
    said?.[3] === VISUAL_IMPAIRED_COMMENTARY ||
    descriptionCodes.has(code) ||
    (supplement !== undefined && (((supplement[1] ?? 0) >> 2) & 0x1f) === DESCRIPTION_CLASS);
  return { language: descriptionCodes.has(code) ? null : toLanguage(code), isDescription };
}

function letters(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
