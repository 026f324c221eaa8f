import { describe, expect, it } from 'vitest';
import { readProgramMap } from '../../src/stream/program-map.ts';
import { continuation, nullPacket, PMT_PID, pat, pmt, type StreamEntry } from '../fakes/ts-packets.ts';

const H264 = { type: 0x1b };
const AAC = { type: 0x0f, pid: 0x101 };

describe('readProgramMap', () => {
  it.each<[string, StreamEntry[], { video: string | null; audio: boolean }]>([
    ['H.264 and AAC', [H264, AAC], { video: 'h264', audio: true }],
    ['HEVC and AAC', [{ type: 0x24 }, AAC], { video: 'hevc', audio: true }],
    ['MPEG-2 and MP2', [{ type: 0x02 }, { type: 0x03, pid: 0x101 }], { video: 'mpeg2', audio: true }],
    [
      'MPEG-2 and MPEG-2 audio',
      [{ type: 0x02 }, { type: 0x04, pid: 0x101 }],
      { video: 'mpeg2', audio: true },
    ],
    ['MPEG-1', [{ type: 0x01 }], { video: 'mpeg1', audio: false }],
    ['ATSC AC-3', [H264, { type: 0x81, pid: 0x101 }], { video: 'h264', audio: true }],
    ['ATSC E-AC-3', [H264, { type: 0x87, pid: 0x101 }], { video: 'h264', audio: true }],
    ['LATM', [H264, { type: 0x11, pid: 0x101 }], { video: 'h264', audio: true }],
    ['DVB AC-3', [H264, priv([0x6a, 1, 0])], { video: 'h264', audio: true }],
    ['DVB E-AC-3', [H264, priv([0x7a, 1, 0])], { video: 'h264', audio: true }],
    [
      'a language before the AC-3',
      [H264, priv([0x0a, 4, 102, 114, 97, 0, 0x6a, 0])],
      { video: 'h264', audio: true },
    ],
    ['registered AC-3', [H264, priv([0x05, 4, ...Buffer.from('AC-3')])], { video: 'h264', audio: true }],
    ['teletext is no audio', [H264, priv([0x56, 5, 102, 114, 97, 9, 0])], { video: 'h264', audio: false }],
    ['no audio', [H264], { video: 'h264', audio: false }],
    ['no video', [AAC], { video: null, audio: true }],
    ['nothing', [], { video: null, audio: false }],
    ['a codec of another kind', [{ type: 0x42 }], { video: 'other', audio: false }],
    ['audio before video', [AAC, H264], { video: 'h264', audio: true }],
    [
      'the first of two videos',
      [{ type: 0x24 }, { type: 0x1b, pid: 0x102 }],
      { video: 'hevc', audio: false },
    ],
  ])('%s', (_, streams, expected) => {
    expect(readProgramMap(stream([pat(), pmt(streams)]))).toEqual(expected);
  });

  it('steps over what describes the whole programme', () => {
    const map = pmt([H264, AAC], PMT_PID, [0x05, 4, ...Buffer.from('HDMV')]);
    expect(readProgramMap(stream([pat(), map]))).toEqual({ video: 'h264', audio: true });
  });

  it('waits for the map', () => {
    const before = [pat(), ...Array.from({ length: 40 }, () => continuation())];
    expect(readProgramMap(stream(before))).toBeNull();
    expect(readProgramMap(stream([...before, pmt([H264])]))).toEqual({ video: 'h264', audio: false });
  });

  it('waits for a whole packet', () => {
    const bytes = Buffer.concat([pat(), nullPacket(), nullPacket(), pmt([H264])]);
    expect(readProgramMap(bytes.subarray(0, -1))).toBeNull();
    expect(readProgramMap(bytes)).not.toBeNull();
  });

  it('reads behind garbage', () => {
    const bytes = Buffer.concat([Buffer.alloc(150, 0x47), stream([pat(), pmt([H264])])]);
    expect(readProgramMap(bytes)).toEqual({ video: 'h264', audio: false });
  });

  it('does not believe a map that the association does not name', () => {
    expect(readProgramMap(stream([pat([0x50]), pmt([H264], 0x60)]))).toBeNull();
  });

  it('is not misled by the network entry', () => {
    expect(readProgramMap(stream([pat([PMT_PID], true), pmt([H264])]))).toEqual({
      video: 'h264',
      audio: false,
    });
  });

  it('reads a map of two packets as far as its first one goes', () => {
    const long = pmt([H264, AAC]);
    // Says that it is 600 bytes long; the rest of the packet holds no type of ours.
    long.writeUInt16BE(0xb000 | 600, 6);
    expect(readProgramMap(stream([pat(), long]))).toEqual({ video: 'h264', audio: true });
  });

  it('survives a section that is cut at a wrong length', () => {
    const broken = pmt([H264]);
    broken.writeUInt16BE(0xb000, 6);
    expect(readProgramMap(stream([pat(), broken]))).toEqual({ video: null, audio: false });
    const pointer = pmt([H264]);
    pointer[4] = 0xff;
    expect(() => readProgramMap(stream([pat(), pointer]))).not.toThrow();
  });
});

function priv(descriptors: number[]): StreamEntry {
  return { type: 0x06, pid: 0x101, descriptors };
}

/** With enough behind it for the sync to be found. */
function stream(packets: Buffer[]): Buffer {
  return Buffer.concat([...packets, nullPacket(), nullPacket(), nullPacket()]);
}
