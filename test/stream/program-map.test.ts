import { describe, expect, it } from 'vitest';
import type { AudioTrack } from '../../src/domain/audio-track.ts';
import { readProgramMap, tracksWithin } from '../../src/stream/program-map.ts';
import { continuation, nullPacket, PMT_PID, pat, pmt, type StreamEntry } from '../fakes/ts-packets.ts';

const H264 = { type: 0x1b };
const AAC = { type: 0x0f, pid: 0x101 };

const aac = track({ isAac: true });

describe('readProgramMap', () => {
  it.each<[string, StreamEntry[], { video: string | null; audio: AudioTrack[] }]>([
    ['H.264 and AAC', [H264, AAC], { video: 'h264', audio: [aac] }],
    ['HEVC and AAC', [{ type: 0x24 }, AAC], { video: 'hevc', audio: [aac] }],
    ['MPEG-2 and MP2', [{ type: 0x02 }, { type: 0x03, pid: 0x101 }], { video: 'mpeg2', audio: [track()] }],
    [
      'MPEG-2 and MPEG-2 audio',
      [{ type: 0x02 }, { type: 0x04, pid: 0x101 }],
      { video: 'mpeg2', audio: [track()] },
    ],
    ['MPEG-1', [{ type: 0x01 }], { video: 'mpeg1', audio: [] }],
    ['ATSC AC-3', [H264, { type: 0x81, pid: 0x101 }], { video: 'h264', audio: [track()] }],
    ['ATSC E-AC-3', [H264, { type: 0x87, pid: 0x101 }], { video: 'h264', audio: [track()] }],
    ['LATM', [H264, { type: 0x11, pid: 0x101 }], { video: 'h264', audio: [track()] }],
    ['DVB AC-3', [H264, priv([0x6a, 1, 0])], { video: 'h264', audio: [track()] }],
    ['DVB E-AC-3', [H264, priv([0x7a, 1, 0])], { video: 'h264', audio: [track()] }],
    [
      'a language before the AC-3',
      [H264, priv([0x0a, 4, 102, 114, 97, 0, 0x6a, 0])],
      { video: 'h264', audio: [track({ language: 'fr' })] },
    ],
    ['registered AC-3', [H264, priv([0x05, 4, ...Buffer.from('AC-3')])], { video: 'h264', audio: [track()] }],
    ['teletext is no audio', [H264, priv([0x56, 5, 102, 114, 97, 9, 0])], { video: 'h264', audio: [] }],
    ['no audio', [H264], { video: 'h264', audio: [] }],
    ['no video', [AAC], { video: null, audio: [aac] }],
    ['nothing', [], { video: null, audio: [] }],
    ['a codec of another kind', [{ type: 0x42 }], { video: 'other', audio: [] }],
    ['audio before video', [AAC, H264], { video: 'h264', audio: [aac] }],
    ['the first of two videos', [{ type: 0x24 }, { type: 0x1b, pid: 0x102 }], { video: 'hevc', audio: [] }],
  ])('%s', (_, streams, expected) => {
    expect(readProgramMap(stream([pat(), pmt(streams)]))).toEqual(expected);
  });

  it('steps over what describes the whole programme', () => {
    const map = pmt([H264, AAC], PMT_PID, [0x05, 4, ...Buffer.from('HDMV')]);
    expect(readProgramMap(stream([pat(), map]))).toEqual({ video: 'h264', audio: [aac] });
  });

  it('waits for the map', () => {
    const before = [pat(), ...Array.from({ length: 40 }, () => continuation())];
    expect(readProgramMap(stream(before))).toBeNull();
    expect(readProgramMap(stream([...before, pmt([H264])]))).toEqual({ video: 'h264', audio: [] });
  });

  it('waits for a whole packet', () => {
    const bytes = Buffer.concat([pat(), nullPacket(), nullPacket(), pmt([H264])]);
    expect(readProgramMap(bytes.subarray(0, -1))).toBeNull();
    expect(readProgramMap(bytes)).not.toBeNull();
  });

  it('reads behind garbage', () => {
    const bytes = Buffer.concat([Buffer.alloc(150, 0x47), stream([pat(), pmt([H264])])]);
    expect(readProgramMap(bytes)).toEqual({ video: 'h264', audio: [] });
  });

  it('does not believe a map that the association does not name', () => {
    expect(readProgramMap(stream([pat([0x50]), pmt([H264], 0x60)]))).toBeNull();
  });

  it('is not misled by the network entry', () => {
    expect(readProgramMap(stream([pat([PMT_PID], true), pmt([H264])]))).toEqual({
      video: 'h264',
      audio: [],
    });
  });

  it('waits for the rest of a map of several packets, whatever comes in between', () => {
    const filler = { type: 0x05, pid: 0x200, descriptors: [0x83, 150, ...Buffer.alloc(150)] };
    const [first, second, third] = packetsOf(pmt([H264, filler, AAC, filler, filler]));
    const before = [pat(), first, nullPacket(), continuation(), second];
    expect(readProgramMap(stream(before))).toBeNull();
    expect(readProgramMap(stream([...before, third]))).toEqual({ video: 'h264', audio: [aac] });
    // What was lost is had from the next one.
    const again = [pat(), second, third, first, first, second, third];
    expect(readProgramMap(stream(again))).toEqual({ video: 'h264', audio: [aac] });
  });

  it('survives a section that is cut at a wrong length', () => {
    const broken = pmt([H264]);
    broken.writeUInt16BE(0xb000, 6);
    expect(readProgramMap(stream([pat(), broken]))).toEqual({ video: null, audio: [] });
    const pointer = pmt([H264]);
    pointer[4] = 0xff;
    expect(() => readProgramMap(stream([pat(), pointer]))).not.toThrow();
  });
});

describe('the tracks of a channel', () => {
  it.each<[string, StreamEntry, Partial<AudioTrack>]>([
    ['a language', { type: 0x03, descriptors: said('fra') }, { language: 'fr' }],
    ['its bibliographic code', { type: 0x03, descriptors: said('fre') }, { language: 'fr' }],
    ['in capitals', { type: 0x03, descriptors: said('ENG') }, { language: 'en' }],
    ['one that has only three letters', { type: 0x03, descriptors: said('gsw') }, { language: 'gsw' }],
    ['the original version', { type: 0x03, descriptors: said('qaa') }, { language: 'qaa' }],
    ['the original version in other words', { type: 0x03, descriptors: said('mul') }, { language: 'qaa' }],
    ['an undetermined one', { type: 0x03, descriptors: said('und') }, {}],
    ['no letters', { type: 0x03, descriptors: said('\0\0\0') }, {}],
    ['a cut descriptor', { type: 0x03, descriptors: [0x0a, 2, 102, 114] }, {}],
    [
      'two languages, of which the first counts',
      { type: 0x03, descriptors: [0x0a, 8, ...entry('deu'), ...entry('fra')] },
      { language: 'de' },
    ],
    [
      'a description by its type',
      { type: 0x0f, descriptors: said('fra', 3) },
      { language: 'fr', isDescription: true, isAac: true },
    ],
    ['for those who hear badly', { type: 0x03, descriptors: said('fra', 2) }, { language: 'fr' }],
    ['a description by the code for it', { type: 0x03, descriptors: said('qad') }, { isDescription: true }],
    [
      'a description by its class',
      { type: 0x06, descriptors: [0x7a, 1, 0, ...said('fra'), 0x7f, 2, 0x06, 0b1_00001_0_0] },
      { language: 'fr', isDescription: true },
    ],
    [
      'main sound by its class',
      { type: 0x06, descriptors: [0x7a, 1, 0, ...said('fra'), 0x7f, 2, 0x06, 0b1_00000_0_0] },
      { language: 'fr' },
    ],
  ])('%s', (_, audio, expected) => {
    const map = readProgramMap(stream([pat(), pmt([H264, { ...audio, pid: 0x101 }])]));
    expect(map?.audio).toEqual([track(expected)]);
  });

  it('are all told, in the order of the table, without subtitles', () => {
    const streams = [
      H264,
      { type: 0x06, pid: 0x110, descriptors: [0x6a, 1, 0, ...said('qaa')] },
      { type: 0x06, pid: 0x111, descriptors: [...said('fra'), 0x59, 8, 102, 114, 97, 0x10, 0, 1, 0, 1] },
      { type: 0x06, pid: 0x112, descriptors: [...said('fra'), 0x56, 5, 102, 114, 97, 9, 0] },
      { type: 0x03, pid: 0x113, descriptors: said('fra') },
    ];
    expect(readProgramMap(stream([pat(), pmt(streams)]))?.audio).toEqual([
      track({ id: 0x110, language: 'qaa' }),
      track({ id: 0x113, language: 'fr' }),
    ]);
  });

  it('are there once anything has come of them', () => {
    const all = [track(), track({ id: 0x102 })];
    expect(tracksWithin(stream([continuation(0x101), continuation(0x100)]), all)).toEqual([track()]);
    expect(tracksWithin(stream([continuation(0x102), continuation(0x101)]), all)).toEqual(all);
    expect(tracksWithin(stream([]), all)).toEqual([]);
  });
});

function track(differences: Partial<AudioTrack> = {}): AudioTrack {
  return { id: 0x101, language: null, isDescription: false, isAac: false, ...differences };
}

/** An ISO 639 language descriptor. */
function said(language: string, type = 0): number[] {
  return [0x0a, 4, ...entry(language, type)];
}

function entry(language: string, type = 0): number[] {
  return [...Buffer.from(language), type];
}

function packetsOf(bytes: Buffer): [Buffer, Buffer, Buffer] {
  expect(bytes).toHaveLength(3 * 188);
  return [bytes.subarray(0, 188), bytes.subarray(188, 376), bytes.subarray(376)];
}

function priv(descriptors: number[]): StreamEntry {
  return { type: 0x06, pid: 0x101, descriptors };
}

/** With enough behind it for the sync to be found. */
function stream(packets: Buffer[]): Buffer {
  return Buffer.concat([...packets, nullPacket(), nullPacket(), nullPacket()]);
}
