import { type AudioCodec, type AudioTrack, spokenIn } from '../../domain/audio-track.ts';
import { CHECKSUM_SIZE, closeSection } from './psi.ts';

/** Video codecs; FFmpeg can decode `h264 without keyframes`, but no player could start in a copy of it. */
export type VideoCodec = 'h264' | 'h264 without keyframes' | 'hevc' | 'mpeg2' | 'mpeg4' | 'other';

/** Content of a stream; null if it is neither video nor audio, or unknown. */
export type Content =
  | { readonly kind: 'video'; readonly codec: VideoCodec }
  | { readonly kind: 'audio'; readonly codec: AudioCodec }
  | null;

/** One stream of a programme, as the PMT lists it. */
export interface StreamEntry {
  readonly type: number;
  readonly pid: number;
  /** Raw bytes from the PMT. */
  readonly descriptors: Buffer;
}

/** A programme map table (PMT). */
export interface ProgramMap {
  readonly number: number;
  /** The PID that carries the programme's clock. */
  readonly clockPid: number;
  readonly streams: readonly StreamEntry[];
}

/** One section of a programme association table (PAT), which lists the programmes. */
export interface ProgramList {
  readonly section: number;
  readonly lastSection: number;
  readonly version: number;
  readonly programs: readonly { readonly number: number; readonly mapPid: number }[];
}

const PAT_TABLE = 0x00;
const PMT_TABLE = 0x02;
const PRIVATE_DATA = 0x06;
const REGISTRATION = 0x05;

const video = (codec: VideoCodec): Content => ({ kind: 'video', codec });
const audio = (codec: AudioCodec): Content => ({ kind: 'audio', codec });

/** Stream types of ISO/IEC 13818-1 table 2-34, ATSC and DVB. */
const contentOfType: ReadonlyMap<number, Content> = new Map([
  [0x01, video('mpeg2')],
  [0x02, video('mpeg2')],
  [0x10, video('mpeg4')],
  [0x1b, video('h264')],
  [0x20, video('other')],
  [0x24, video('hevc')],
  [0x33, video('other')],
  [0x42, video('other')],
  [0xea, video('other')],
  [0x03, audio('mpeg')],
  [0x04, audio('mpeg')],
  [0x0f, audio('aac')],
  [0x11, audio('latm')],
  [0x1c, audio('other')],
  [0x81, audio('ac3')],
  [0x82, audio('other')],
  [0x83, audio('other')],
  [0x84, audio('eac3')],
  [0x87, audio('eac3')],
]);
/** Content of private data (0x06) by its DVB descriptors (EN 300 468, 6.1): AC-3, E-AC-3, DTS, AAC. */
const contentOfDescriptor: ReadonlyMap<number, Content> = new Map([
  [0x6a, audio('ac3')],
  [0x7a, audio('eac3')],
  [0x7b, audio('other')],
  [0x7c, audio('aac')],
]);
/** Content of private data (0x06) by its registration descriptor. */
const contentOfRegistration: ReadonlyMap<string, Content> = new Map([
  ['AC-3', audio('ac3')],
  ['EAC3', audio('eac3')],
  ['Opus', audio('other')],
  ['DTS1', audio('other')],
  ['DTS2', audio('other')],
  ['DTS3', audio('other')],
  ['HEVC', video('hevc')],
]);
/** Stream types that FFmpeg and players understand, to correct a provider's wrong stream type. */
const typeOf: Readonly<Record<VideoCodec | AudioCodec, number>> = {
  h264: 0x1b,
  'h264 without keyframes': 0x1b,
  hevc: 0x24,
  mpeg2: 0x02,
  mpeg4: 0x10,
  aac: 0x0f,
  'aac lc 48000 stereo': 0x0f,
  latm: 0x11,
  mpeg: 0x03,
  ac3: 0x81,
  eac3: 0x87,
  other: PRIVATE_DATA,
};
/** ISO/IEC 13818-1, 2.6.18: the descriptor holds a language of three letters, then the audio type. */
const ISO_639_LANGUAGE = 0x0a;
const VISUAL_IMPAIRED_COMMENTARY = 0x03;
/** EN 300 468, 6.4.11: an extension descriptor that gives the purpose of supplementary audio. */
const EXTENSION = 0x7f;
const SUPPLEMENTARY_AUDIO = 0x06;
const DESCRIPTION_CLASS = 0x01;

/** Parses a PAT section; null if it is another table or is not valid yet (current_next_indicator). */
export function parseProgramList(section: Buffer): ProgramList | null {
  if (section[0] !== PAT_TABLE || section.length < 8 + CHECKSUM_SIZE || !isCurrent(section)) return null;
  const programs = [];
  for (let at = 8; at + 4 <= section.length - CHECKSUM_SIZE; at += 4) {
    const number = section.readUInt16BE(at);
    // Number 0 is the network information table.
    if (number !== 0) programs.push({ number, mapPid: section.readUInt16BE(at + 2) & 0x1fff });
  }
  const [version, index, lastSection] = [((section[5] ?? 0) >> 1) & 0x1f, section[6] ?? 0, section[7] ?? 0];
  return { section: index, lastSection, version, programs };
}

/** Parses a PMT section; null if it is another table or is not valid yet (current_next_indicator). */
export function parseProgramMap(section: Buffer): ProgramMap | null {
  if (section[0] !== PMT_TABLE || section.length < 12 + CHECKSUM_SIZE || !isCurrent(section)) return null;
  const end = section.length - CHECKSUM_SIZE;
  const streams: StreamEntry[] = [];
  let at = 12 + (section.readUInt16BE(10) & 0x0fff);
  while (at + 5 <= end) {
    const next = at + 5 + (section.readUInt16BE(at + 3) & 0x0fff);
    const descriptors = section.subarray(at + 5, Math.min(next, end));
    streams.push({ type: section[at] ?? 0, pid: section.readUInt16BE(at + 1) & 0x1fff, descriptors });
    at = next;
  }
  return { number: section.readUInt16BE(3), clockPid: section.readUInt16BE(8) & 0x1fff, streams };
}

/** Writes a PAT section with one programme. */
export function writeProgramList(number: number, mapPid: number, version: number): Buffer {
  return closeSection([PAT_TABLE, 0, 0, 0, 1, currentVersion(version), 0, 0, ...u16(number), ...pid(mapPid)]);
}

/** Writes a PMT section. */
export function writeProgramMap({ number, clockPid, streams }: ProgramMap, version: number): Buffer {
  const entries = streams.flatMap(({ type, pid: streamPid, descriptors }) => [
    type,
    ...pid(streamPid),
    0xf0 | (descriptors.length >> 8),
    descriptors.length & 0xff,
    ...descriptors,
  ]);
  const head = [PMT_TABLE, 0, 0, ...u16(number), currentVersion(version), 0, 0, ...pid(clockPid), 0xf0, 0];
  return closeSection([...head, ...entries]);
}

/** Returns the content that the PMT declares for a stream. */
export function declaredContent({ type, descriptors }: StreamEntry): Content {
  if (type !== PRIVATE_DATA) return contentOfType.get(type) ?? null;
  for (const { tag, body } of readDescriptors(descriptors)) {
    const content = tag === REGISTRATION ? contentOfRegistration.get(letters(body, 0, 4)) : undefined;
    const known = content ?? contentOfDescriptor.get(tag);
    if (known) return known;
  }
  return null;
}

/** Moves a stream's entry to another PID, and corrects its stream type if the actual content is another one. */
export function renamed(entry: StreamEntry, content: Content, newPid: number): StreamEntry {
  const isRight = agrees(declaredContent(entry), content);
  if (isRight || !content) return { ...entry, pid: newPid };
  const language = [...readDescriptors(entry.descriptors)].find(({ tag }) => tag === ISO_639_LANGUAGE);
  const descriptors = language ? [ISO_639_LANGUAGE, language.body.length, ...language.body] : [];
  return { type: typeOf[content.codec], pid: newPid, descriptors: Buffer.from(descriptors) };
}

export function sameContent(one: Content, other: Content): boolean {
  return one?.kind === other?.kind && one?.codec === other?.codec;
}

/** True if the declared content fits the actual one; a PMT does not say what kind of AAC a stream holds. */
export function agrees(declared: Content, content: Content): boolean {
  const isAac = declared?.codec === 'aac' && content?.codec === 'aac lc 48000 stereo';
  return isAac || sameContent(declared, content);
}

/** Reads an audio stream's language, and whether it is an audio description. */
export function readLanguage({ descriptors }: StreamEntry): Pick<AudioTrack, 'language' | 'isDescription'> {
  const all = [...readDescriptors(descriptors)];
  const language = all.find(({ tag, body }) => tag === ISO_639_LANGUAGE && body.length >= 4)?.body;
  const spoken = spokenIn(language ? letters(language, 0, 3) : '');
  const supplement = all.find(({ tag, body }) => tag === EXTENSION && body[0] === SUPPLEMENTARY_AUDIO)?.body;
  const isDescription =
    language?.[3] === VISUAL_IMPAIRED_COMMENTARY ||
    spoken.isDescription ||
    (supplement !== undefined && (((supplement[1] ?? 0) >> 2) & 0x1f) === DESCRIPTION_CLASS);
  return { language: spoken.language, isDescription };
}

function* readDescriptors(bytes: Uint8Array): Generator<{ tag: number; body: Uint8Array }> {
  for (let at = 0; at + 2 <= bytes.length; at += 2 + (bytes[at + 1] ?? 0))
    yield { tag: bytes[at] ?? 0, body: bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)) };
}

/** Reads the current_next_indicator: a table may be sent before it becomes valid. */
function isCurrent(section: Buffer): boolean {
  return ((section[5] ?? 0) & 0x01) !== 0;
}

function currentVersion(version: number): number {
  return 0xc1 | ((version & 0x1f) << 1);
}

function u16(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}

function pid(value: number): [number, number] {
  return [0xe0 | (value >> 8), value & 0xff];
}

function letters(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
