import { describe, expect, it } from 'vitest';
import { continuityCounter, isUnitStart, PACKET_SIZE, pidOf } from '../../../src/stream/mpeg-ts/packets.ts';
import { readLanguage } from '../../../src/stream/mpeg-ts/program-map.ts';
import { Normaliser, type Piece } from '../../../src/stream/normaliser/normaliser.ts';
import { SourceSurvey } from '../../../src/stream/normaliser/source-survey.ts';
import type { Layout } from '../../../src/stream/normaliser/stream-layout.ts';
import {
  nullPacket,
  PMT_PID,
  pat,
  pes,
  pmt,
  type StreamEntry,
  type TableOptions,
} from '../../fakes/ts-packets.ts';

const codecs = {
  h264: [0, 0, 1, 9, 0xf0, 0, 0, 1, 0x65],
  'h264 between': [0, 0, 1, 9, 0xf0, 0, 0, 1, 0x41],
  hevc: [0, 0, 1, 0x46, 1, 0x10, 0, 0, 1, 0x26, 1],
  aac: [0xff, 0xf1, 0x50, 0x80],
  'aac as we have it': [0xff, 0xf1, 0x4c, 0x80],
  mpeg: [0xff, 0xfd, 0xa4, 4],
  ac3: [0x0b, 0x77, 1, 2, 0x14, 0x40],
  nothing: [],
} as const;
type Codec = keyof typeof codecs;

const TYPES = { h264: 0x1b, hevc: 0x24, aac: 0x0f, mpeg: 0x03, ac3: 0x81 } as const;
const said = (language: string) => [0x0a, 4, ...Buffer.from(language), 0];

/** A provider that sends 25 times a second whatever it is told to, with its tables every half second. */
class Provider {
  readonly #counters = new Map<number, number>();
  readonly normaliser: Normaliser;
  readonly pieces: Piece[] = [];
  tables: () => Buffer = () => Buffer.alloc(0);
  streams: { pid: number; codec: Codec; scrambled?: boolean }[] = [];
  clockPid: number | null = null;
  #frame = 0;
  #areTablesDue = false;

  constructor() {
    this.normaliser = new Normaliser((piece) =>
      this.pieces.push({ ...piece, bytes: Buffer.from(piece.bytes) }),
    );
  }

  /** The programme's map names these; so do its streams, unless told otherwise. */
  names(streams: readonly StreamEntry[], options: TableOptions = {}): this {
    this.#areTablesDue = true;
    this.tables = () =>
      Buffer.concat([
        pat([PMT_PID], false, { counter: this.#count(0) }),
        pmt(streams, PMT_PID, [], { ...options, counter: this.#count(PMT_PID) }),
      ]);
    return this;
  }

  sends(...streams: [number, Codec][]): this {
    this.streams = streams.map(([pid, codec]) => ({ pid, codec }));
    return this;
  }

  /** @param change what becomes of each packet or table on its way. */
  play(
    seconds: number,
    { cut = Number.POSITIVE_INFINITY, change = (packet: Buffer, _at: number): Buffer[] => [packet] } = {},
  ): this {
    const packets: Buffer[] = [];
    for (let frame = 0; frame < seconds * 25; frame++) packets.push(...this.#frameOf());
    const bytes = Buffer.concat(packets.flatMap(change));
    for (let at = 0; at < bytes.length; at += Math.min(cut, bytes.length))
      this.normaliser.take(Buffer.from(bytes.subarray(at, at + Math.min(cut, bytes.length))));
    return this;
  }

  open(waited = 0): Layout | null {
    this.normaliser.open(waited);
    return this.normaliser.isOpen ? this.normaliser.layout : null;
  }

  /** What came since the last call: layouts in order without repeating, as one line each. */
  layouts(): string[] {
    const lines = this.pieces.map(({ layout }) => describeLayout(layout));
    return lines.filter((line, index) => line !== lines[index - 1]);
  }

  #frameOf(): Buffer[] {
    const frame = this.#frame++;
    const pts = 90_000 + frame * 3_600;
    const packets = this.streams.map(({ pid, codec, scrambled }, index) => {
      const isVideo = codec.startsWith('h') || (codec === 'nothing' && index === 0);
      const isBetween = codec === 'h264' && frame % 25 !== 0;
      const clock = pid === (this.clockPid ?? this.streams[0]?.pid) ? { base: pts, extension: 0 } : undefined;
      const packet = pes({ pid, pts, streamId: isVideo ? 0xe0 : 0xc0, ...(clock ? { pcr: clock } : {}) });
      packet.set(codecs[isBetween ? 'h264 between' : codec], clock ? 26 : 18);
      packet[3] = ((packet[3] ?? 0) & 0xf0) | this.#count(pid) | (scrambled ? 0x80 : 0);
      return packet;
    });
    const areTablesDue = this.#areTablesDue || frame % 12 === 0;
    this.#areTablesDue = false;
    return areTablesDue ? [this.tables(), ...packets] : packets;
  }

  #count(pid: number): number {
    const counter = ((this.#counters.get(pid) ?? -1) + 1) & 0x0f;
    this.#counters.set(pid, counter);
    return counter;
  }
}

function describeLayout({ video, audio }: Layout): string {
  return [video ?? 'still', ...audio.map(({ id, codec }) => `${id.toString(16)} ${codec}`)].join(', ');
}

const picture = { type: TYPES.h264, pid: 0x100 };
const sound = { type: TYPES.aac, pid: 0x101 };

function usual(): Provider {
  return new Provider().names([picture, sound]).sends([0x100, 'h264'], [0x101, 'aac']);
}

describe('Normaliser', () => {
  it('opens with the programme’s layout once all streams have arrived', () => {
    const provider = usual();
    expect(provider.open()).toBeNull();
    expect(provider.play(0.1).open()).toMatchObject({ video: 'h264', audio: [{ id: 0x101, codec: 'aac' }] });
  });

  it('delivers everything from the first packet on, with its own PIDs, PAT and PMT', () => {
    const provider = new Provider()
      .names([
        { type: TYPES.h264, pid: 0x50 },
        { type: TYPES.aac, pid: 0x60, descriptors: said('fra') },
        { type: 0x06, pid: 0x70, descriptors: [0x59, 8, 102, 114, 97, 0x10, 0, 1, 0, 1] },
      ])
      .sends([0x50, 'h264'], [0x60, 'aac'], [0x70, 'nothing']);
    provider.play(0.08);
    provider.open();
    provider.play(1);
    const { pids, survey } = read(provider.pieces);
    expect(new Set(pids)).toEqual(new Set([0, 0x1000, 0x100, 0x101, 0x180]));
    expect(pids.filter((pid) => pid === 0x100)).toHaveLength(27);
    const [program] = survey.programs;
    expect(program?.clockPid).toBe(0x100);
    expect(program?.streams.map(({ type, pid }) => [type, pid])).toEqual([
      [TYPES.h264, 0x100],
      [TYPES.aac, 0x101],
      [0x06, 0x180],
    ]);
    expect(program?.streams.map((entry) => readLanguage(entry).language)).toEqual([null, 'fr', null]);
  });

  it('marks PAT and PMT before each keyframe as a point where a decoder can start', () => {
    const provider = usual().play(0.1);
    provider.open();
    provider.play(3);
    const starts = provider.pieces.flatMap(({ isStart }, index) => (isStart ? [index] : []));
    expect(starts).toHaveLength(4);
    for (const index of starts) {
      expect(pidOf(provider.pieces[index]?.bytes ?? Buffer.alloc(3), 0)).toBe(0);
      expect(pidOf(provider.pieces[index + 1]?.bytes ?? Buffer.alloc(3), 0)).toBe(0x100);
    }
  });

  it.each([1, 100, 187, 188, 1_000, 1_316])('gives the same output for chunks of %i bytes', (cut) => {
    const play = (size?: number) => {
      const provider = usual().play(0.1);
      provider.open();
      provider.play(0.5, size ? { cut: size } : {});
      return Buffer.concat(provider.pieces.map(({ bytes }) => bytes));
    };
    expect(play(cut).equals(play())).toBe(true);
  });

  it('realigns to packets after rubbish in the stream', () => {
    const provider = usual().play(0.1);
    provider.open();
    const before = provider.pieces.length;
    provider.normaliser.take(Buffer.alloc(333, 0x47));
    provider.normaliser.take(Buffer.alloc(77, 1));
    provider.play(1);
    const { pids } = read(provider.pieces.slice(before));
    expect(pids.filter((pid) => pid === 0x100).length).toBeGreaterThanOrEqual(24);
  });

  it('hides moved PIDs', () => {
    const provider = usual().play(1);
    provider.open();
    provider
      .names(
        [
          { ...picture, pid: 0x200 },
          { ...sound, pid: 0x201 },
        ],
        { version: 1 },
      )
      .sends([0x200, 'h264'], [0x201, 'aac'])
      .play(2);
    expect(provider.layouts()).toEqual(['h264, 101 aac']);
    const { pids, losses } = read(provider.pieces);
    expect(pids.filter((pid) => pid === 0x100)).toHaveLength(75);
    expect(losses).toBe(0);
  });

  it('keeps packet losses visible in the continuity counters', () => {
    const provider = usual().play(1);
    provider.open();
    const lost = new Provider().names([picture, sound]).sends([0x100, 'h264'], [0x101, 'aac']);
    lost.normaliser.take(Buffer.alloc(0));
    provider.streams = [{ pid: 0x100, codec: 'h264' }];
    const packet = pes({ pid: 0x101, pts: 200_000, streamId: 0xc0 });
    packet[3] = 0x1d;
    provider.normaliser.take(packet);
    expect(read(provider.pieces).losses).toBe(1);
  });

  it('changes the layout at the packet where another codec begins', () => {
    const provider = usual().play(1);
    provider.open();
    provider.names([{ ...picture, type: TYPES.hevc }, sound], { version: 1 });
    provider.sends([0x100, 'hevc'], [0x101, 'aac']).play(1);
    expect(provider.layouts()).toEqual(['h264, 101 aac', 'hevc, 101 aac']);
  });

  it('changes the layout once if video and audio codecs change together', () => {
    const provider = usual().play(1);
    provider.open();
    provider.names(
      [
        { ...picture, type: TYPES.hevc },
        { ...sound, type: TYPES.ac3 },
      ],
      { version: 1 },
    );
    provider.play(0.2).sends([0x100, 'hevc'], [0x101, 'aac']).play(0.1);
    provider.sends([0x100, 'hevc'], [0x101, 'ac3']).play(1);
    expect(provider.layouts()).toEqual(['h264, 101 aac', 'hevc, 101 ac3']);
    const { pids, losses } = read(provider.pieces);
    expect(pids.filter((pid) => pid === 0x100)).toHaveLength(25 + 5 + 3 + 25);
    expect(losses).toBe(0);
    const other = provider.pieces.findIndex(({ layout }) => layout.video === 'hevc');
    expect(read(provider.pieces.slice(0, other)).pids.filter((pid) => pid === 0x100)).toHaveLength(30);
  });

  it('ignores a PMT whose announced streams never arrive', () => {
    const provider = usual().play(1);
    provider.open();
    provider.names([{ ...picture, type: TYPES.hevc }, sound], { version: 1 }).play(40);
    expect(provider.layouts()).toEqual(['h264, 101 aac']);
    expect(read(provider.pieces).pids.filter((pid) => pid === 0x100).length).toBeGreaterThan(1_000);
  });

  it('trusts the bytes over the PMT, at once or later', () => {
    const provider = new Provider().names([
      { ...picture, type: TYPES.hevc },
      { ...sound, type: TYPES.ac3 },
    ]);
    provider.sends([0x100, 'h264'], [0x101, 'mpeg']).play(0.2);
    provider.open();
    provider.sends([0x100, 'h264'], [0x101, 'aac']).play(1);
    expect(provider.layouts()).toEqual(['h264, 101 mpeg', 'h264, 101 aac']);
    const types = read(provider.pieces).survey.programs[0]?.streams.map(({ type }) => type);
    expect(types).toEqual([TYPES.h264, TYPES.aac]);
  });

  it('tells copyable AAC from other AAC, and keeps the declared stream type', () => {
    const provider = usual().sends([0x100, 'h264'], [0x101, 'aac as we have it']).play(0.2);
    provider.open();
    provider.play(1).sends([0x100, 'h264'], [0x101, 'aac']).play(1);
    expect(provider.layouts()).toEqual(['h264, 101 aac lc 48000 stereo', 'h264, 101 aac']);
    expect(read(provider.pieces).survey.programs[0]?.streams.map(({ type }) => type)).toEqual([0x1b, 0x0f]);
  });

  it('ignores a single packet with another content', () => {
    const provider = usual().play(0.2);
    provider.open();
    provider.sends([0x100, 'h264'], [0x101, 'ac3']).play(0.04);
    provider.sends([0x100, 'h264'], [0x101, 'aac']).play(1);
    expect(provider.layouts()).toEqual(['h264, 101 aac']);
  });

  it('recognises private data without a descriptor as sound by its bytes', () => {
    const provider = new Provider().names([picture, { type: 0x06, pid: 0x101 }]);
    provider.sends([0x100, 'h264'], [0x101, 'mpeg']).play(0.2);
    expect(provider.open()).toMatchObject({ audio: [{ id: 0x101, codec: 'mpeg' }] });
  });

  it('leaves out declared sound until it arrives', () => {
    const provider = usual().sends([0x100, 'h264']).play(0.2);
    expect(provider.open()).toBeNull();
    expect(provider.open(501)).toEqual({ video: 'h264', audio: [] });
    provider.play(6).sends([0x100, 'h264'], [0x101, 'aac']).play(1);
    expect(provider.layouts()).toEqual(['h264', 'h264, 101 aac']);
  });

  it('leaves out declared video until a keyframe arrives', () => {
    const provider = usual().sends([0x101, 'aac']).play(0.2);
    expect(provider.open(1_000)).toBeNull();
    expect(provider.open(1_501)).toMatchObject({ video: null, audio: [{ id: 0x101 }] });
    provider.play(1).sends([0x101, 'aac'], [0x100, 'h264 between']).play(1);
    expect(provider.layouts()).toEqual(['still, 101 aac']);
    provider.sends([0x101, 'aac'], [0x100, 'h264']).play(1.5);
    expect(provider.layouts()).toEqual(['still, 101 aac', 'h264, 101 aac']);
  });

  it('drops video two seconds after its end, and takes it back', () => {
    const provider = usual().play(1);
    provider.open();
    provider.sends([0x101, 'aac']).play(5).sends([0x100, 'h264'], [0x101, 'aac']).play(2);
    expect(provider.layouts()).toEqual(['h264, 101 aac', 'still, 101 aac', 'h264, 101 aac']);
  });

  it('drops sound a moment after its end, and takes it back', () => {
    const provider = usual().play(1);
    provider.open();
    provider.sends([0x100, 'h264']).play(5).sends([0x100, 'h264'], [0x101, 'aac']).play(1);
    expect(provider.layouts()).toEqual(['h264, 101 aac', 'h264', 'h264, 101 aac']);
  });

  it('drops a track at once if it leaves the PMT, and restores its place by its language', () => {
    const both = [
      picture,
      { ...sound, descriptors: said('fra') },
      { ...sound, pid: 0x102, descriptors: said('eng') },
    ];
    const provider = new Provider().names(both);
    provider.sends([0x100, 'h264'], [0x101, 'aac'], [0x102, 'aac']).play(1);
    provider.open();
    provider.names([picture, { ...sound, pid: 0x102, descriptors: said('eng') }], { version: 1 });
    provider.sends([0x100, 'h264'], [0x102, 'aac']).play(1);
    provider.names([picture, { ...sound, pid: 0x300, descriptors: said('fra') }], { version: 2 });
    provider.sends([0x100, 'h264'], [0x300, 'ac3']).play(1);
    expect(provider.layouts()).toEqual(['h264, 101 aac, 102 aac', 'h264, 102 aac', 'h264', 'h264, 101 ac3']);
  });

  it.each([
    ['only data', [{ type: 0x05, pid: 0x330 }]],
    ['no streams', []],
  ])('skips a first programme with %s', (_, first) => {
    const provider = new Provider().sends([0x100, 'h264'], [0x101, 'aac']);
    provider.tables = () =>
      Buffer.concat([
        pat([0x1100, PMT_PID]),
        pmt(first, 0x1100, [], { program: 1 }),
        pmt([picture, sound], PMT_PID, [], { program: 2 }),
      ]);
    expect(provider.play(0.2).open()).toMatchObject({ video: 'h264', audio: [{ codec: 'aac' }] });
  });

  it('takes the first of several programmes that sends video, with its own sound', () => {
    const provider = new Provider().sends([0x200, 'h264'], [0x201, 'mpeg'], [0x300, 'h264'], [0x301, 'aac']);
    provider.tables = () =>
      Buffer.concat([
        pat([0x1100, 0x1200, 0x1300]),
        pmt([picture, sound], 0x1100, [], { program: 1 }),
        pmt(
          [
            { type: TYPES.h264, pid: 0x200 },
            { type: TYPES.mpeg, pid: 0x201 },
          ],
          0x1200,
          [],
          { program: 2 },
        ),
        pmt(
          [
            { type: TYPES.h264, pid: 0x300 },
            { type: TYPES.aac, pid: 0x301 },
          ],
          0x1300,
          [],
          { program: 3 },
        ),
      ]);
    expect(provider.play(0.2).open()).toBeNull();
    expect(provider.open(301)).toMatchObject({ video: 'h264', audio: [{ codec: 'mpeg' }] });
    const { pids } = read(provider.pieces);
    expect(new Set(pids)).toEqual(new Set([0, 0x1000, 0x100, 0x101]));
  });

  it('makes up missing tables from the bytes', () => {
    const provider = new Provider().sends([0x345, 'hevc'], [0x456, 'mpeg']).play(0.2);
    expect(provider.open(1_000)).toBeNull();
    expect(provider.open(1_501)).toMatchObject({ video: 'hevc', audio: [{ id: 0x101, codec: 'mpeg' }] });
    provider.play(1);
    expect(read(provider.pieces).survey.programs[0]?.streams).toHaveLength(2);
  });

  it('ignores tables that list the wrong PIDs', () => {
    const provider = usual().sends([0x345, 'h264'], [0x456, 'aac']).play(0.2);
    expect(provider.open(1_501)).toMatchObject({ video: 'h264', audio: [{ codec: 'aac' }] });
  });

  it('refuses an encrypted channel, and a source without video or audio', () => {
    const provider = usual();
    provider.streams = provider.streams.map((stream) => ({ ...stream, scrambled: true }));
    provider.play(3);
    expect(provider.open(1_000)).toBeNull();
    expect(() => provider.open(1_501)).toThrow('channel_scrambled');
    const empty = new Provider();
    empty.normaliser.take(Buffer.concat([nullPacket(), nullPacket(), nullPacket()]));
    expect(empty.open(5_000)).toBeNull();
    expect(() => empty.open(12_001)).toThrow('channel_not_video');
  });

  it.each<[what: string, change: (packet: Buffer, at: number) => Buffer[], damaged: number]>([
    ['none is damaged', (packet) => [packet], 0],
    ['some are lost', (packet, at) => (at % 20 === 7 ? [] : [packet]), 10],
    ['some arrive twice', (packet, at) => (at % 20 === 7 ? [packet, Buffer.from(packet)] : [packet]), 0],
    [
      'some are marked as broken',
      (packet, at) => {
        if (at % 20 === 7) packet[1] = (packet[1] ?? 0) | 0x80;
        return [packet];
      },
      10,
    ],
  ])('counts damaged packets: %s', (_what, change, damaged) => {
    const provider = usual().play(1);
    provider.open();
    const before = provider.normaliser.damage;
    provider.play(4, { change });
    const { normaliser } = provider;
    expect(normaliser.damage.damaged - before.damaged).toBeGreaterThanOrEqual(0.8 * damaged);
    expect(normaliser.damage.damaged - before.damaged).toBeLessThanOrEqual(damaged);
    expect(normaliser.damage.all - before.all).toBeGreaterThan(180);
  });

  it('counts no damage if a stream moves to another PID', () => {
    const provider = usual().play(1);
    provider.open();
    provider
      .names([
        { ...picture, pid: 0x200 },
        { ...sound, pid: 0x201 },
      ])
      .sends([0x200, 'h264'], [0x201, 'aac'])
      .play(1);
    expect(provider.normaliser.damage.damaged).toBe(0);
  });

  it('keeps video and audio when timestamps jump', () => {
    const provider = usual().play(1);
    provider.open();
    const pts = 90_000 + 8 * 90_000;
    const late = pes({ pid: 0x100, pts, keyframe: true, pcr: { base: pts, extension: 0 } });
    provider.normaliser.take(late);
    provider.play(1);
    expect(provider.layouts()).toEqual(['h264, 101 aac']);
  });
});

/** What somebody reads who knows nothing but these bytes. */
function read(pieces: readonly Piece[]): { pids: number[]; survey: SourceSurvey; losses: number } {
  const bytes = Buffer.concat(pieces.map((piece) => piece.bytes));
  const survey = new SourceSurvey();
  const counters = new Map<number, number>();
  const pids: number[] = [];
  let losses = 0;
  for (let at = 0; at < bytes.length; at += PACKET_SIZE) {
    survey.look(bytes, at);
    const pid = pidOf(bytes, at);
    pids.push(pid);
    const last = counters.get(pid);
    if (last !== undefined && continuityCounter(bytes, at) !== ((last + 1) & 0x0f)) losses++;
    counters.set(pid, continuityCounter(bytes, at));
    expect(isUnitStart(bytes, at)).toBe(true);
  }
  return { pids, survey, losses };
}
