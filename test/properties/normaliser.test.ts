import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import {
  continuityCounter,
  hasPayload,
  PACKET_SIZE,
  pidOf,
  SYNC_BYTE,
} from '../../src/stream/mpeg-ts/packets.ts';
import { parseProgramList, parseProgramMap } from '../../src/stream/mpeg-ts/program-map.ts';
import { SectionReader } from '../../src/stream/mpeg-ts/psi.ts';
import { Normaliser } from '../../src/stream/normaliser/normaliser.ts';
import { SourceSurvey } from '../../src/stream/normaliser/source-survey.ts';
import { SOURCE_VIDEO_PID } from '../../src/stream/normaliser/stream-layout.ts';
import { PMT_PID, pat, pes, pmt } from '../fakes/ts-packets.ts';
import { bytes, lengths, packet, split } from './arbitraries.ts';

const PATIENCE = 20_000;
const data = {
  h264: [0, 0, 1, 9, 0xf0, 0, 0, 1, 0x65],
  hevc: [0, 0, 1, 0x46, 1, 0x10, 0, 0, 1, 0x26, 1],
  aac: [0xff, 0xf1, 0x50, 0x80],
  ac3: [0x0b, 0x77, 1, 2, 0x14, 0x40],
} as const;
type Codec = keyof typeof data;
const types = { h264: 0x1b, hevc: 0x24, aac: 0x0f, ac3: 0x81 } as const;

/** A provider's behaviour for a moment: the streams in its PMT and those that it sends. */
interface Scene {
  readonly video: Codec;
  readonly videoPid: number;
  readonly tracks: readonly { readonly codec: Codec; readonly pid: number }[];
  readonly subtitles: number;
  readonly frames: number;
  readonly sends: boolean;
}

const scene: fc.Arbitrary<Scene> = fc.record({
  video: fc.constantFrom<Codec>('h264', 'hevc'),
  videoPid: fc.constantFrom(0x41, 0x42),
  tracks: fc.array(
    fc.record({ codec: fc.constantFrom<Codec>('aac', 'ac3'), pid: fc.integer({ min: 0x50, max: 0x58 }) }),
    { maxLength: 4 },
  ),
  subtitles: fc.constantFrom(0, 0, 2, 30),
  frames: fc.integer({ min: 3, max: 30 }),
  sends: fc.boolean(),
});

/** The packets of consecutive scenes, with correct counters and ten PATs and PMTs a second. */
function streamOf(scenes: readonly Scene[]): Buffer {
  const counters = new Map<number, number>();
  const packets: Buffer[] = [];
  const send = (made: Buffer) => {
    for (let at = 0; at < made.length; at += PACKET_SIZE) {
      const pid = pidOf(made, at);
      const counter = ((counters.get(pid) ?? -1) + 1) & 0x0f;
      counters.set(pid, counter);
      made[at + 3] = ((made[at + 3] ?? 0) & 0xf0) | counter;
      packets.push(made.subarray(at, at + PACKET_SIZE));
    }
  };
  let frame = 0;
  for (const [version, { video, videoPid, tracks, subtitles, frames, sends }] of scenes.entries()) {
    const language = [0x0a, 4, ...Buffer.from('fra'), 0];
    const map = [
      { type: types[video], pid: videoPid },
      ...tracks.map(({ codec, pid }) => ({ type: types[codec], pid, descriptors: language })),
      ...Array.from({ length: subtitles }, (_, at) => ({
        type: 0x06,
        pid: 0x400 + at,
        descriptors: language,
      })),
    ];
    for (let end = frame + frames; frame < end; frame++) {
      const pts = frame * 3_600;
      if (frame % 10 === 0 || frame === end - frames) {
        send(pat());
        send(pmt(map, PMT_PID, [], { version: version & 0x1f }));
      }
      const picture = pes({
        pid: videoPid,
        pts,
        keyframe: frame % 5 === 0,
        pcr: { base: pts, extension: 0 },
      });
      picture.set(data[video], 5 + 7 + 14);
      if (sends) send(picture);
      for (const { codec, pid } of tracks) {
        const sound = pes({ pid, pts, streamId: codec === 'ac3' ? 0xbd : 0xc0 });
        sound.set(data[codec], 4 + 14);
        send(sound);
      }
    }
  }
  return Buffer.concat(packets);
}

/** Passes the chunks to a normaliser, which is opened after the first `head` bytes. */
function normalise(chunks: readonly Buffer[], head = Number.POSITIVE_INFINITY): Buffer {
  const out: Buffer[] = [];
  const normaliser = new Normaliser((piece) => out.push(Buffer.from(piece.bytes)));
  let taken = 0;
  const open = () => {
    try {
      normaliser.open(PATIENCE);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  };
  for (const chunk of chunks) {
    normaliser.take(Buffer.from(chunk));
    taken += chunk.length;
    if (taken >= head) open();
  }
  open();
  return Buffer.concat(out);
}

/** One line for each packet: its PID, its counter and its differences from the others. */
function lines(out: Buffer): string[] {
  return Array.from({ length: out.length / PACKET_SIZE }, (_, index) => {
    const at = index * PACKET_SIZE;
    const packetBytes = out.subarray(at, at + PACKET_SIZE);
    return `${pidOf(out, at).toString(16)} ${continuityCounter(out, at)} ${packetBytes.toString('base64url', 4, 40)}`;
  });
}

/** PIDs whose continuity counters have a gap, once for each gap. */
function wrongCounters(out: Buffer): number[] {
  const counters = new Map<number, number>();
  const wrong: number[] = [];
  for (let at = 0; at < out.length; at += PACKET_SIZE) {
    const pid = pidOf(out, at);
    const counter = continuityCounter(out, at);
    const last = counters.get(pid);
    if (last !== undefined && counter !== ((last + (hasPayload(out, at) ? 1 : 0)) & 0x0f)) wrong.push(pid);
    counters.set(pid, counter);
  }
  return wrong;
}

/** Checks for whole packets and for a PAT and PMT that a player can read. */
function checkPackets(out: Buffer): void {
  expect(out.length % PACKET_SIZE).toBe(0);
  const lists: Buffer[] = [];
  const maps: Buffer[] = [];
  const ofList = new SectionReader((section) => lists.push(section));
  const ofMap = new SectionReader((section) => maps.push(section));
  let tables = 0;
  for (let at = 0; at < out.length; at += PACKET_SIZE) {
    if (out[at] !== SYNC_BYTE) expect.fail(`no packet at ${at}`);
    const pid = pidOf(out, at);
    if (pid === 0) tables++;
    if (pid === 0) ofList.take(out, at);
    if (pid === PMT_PID) ofMap.take(out, at);
  }
  expect([lists.length, maps.length]).toEqual([tables, tables]);
  // The picture is left out until a keyframe comes, like after a loss.
  expect(wrongCounters(out).filter((pid) => pid !== SOURCE_VIDEO_PID)).toEqual([]);
  for (const section of maps) {
    const map = parseProgramMap(section);
    const pids = map?.streams.map((stream) => stream.pid) ?? [];
    expect(new Set(pids).size).toBe(pids.length);
  }
  for (const section of lists) expect(parseProgramList(section)?.programs.length).toBe(1);
}

describe('the normaliser', () => {
  it('delivers whole packets, continuous counters, and a PAT and PMT with correct checksums for any provider', () => {
    fc.assert(
      fc.property(fc.array(scene, { minLength: 1, maxLength: 5 }), lengths, (scenes, sizes) => {
        checkPackets(normalise(split(streamOf(scenes), sizes), 20 * PACKET_SIZE));
      }),
      { numRuns: 40 },
    );
  });

  it('delivers the same packets at any chunk boundaries', () => {
    fc.assert(
      fc.property(scene, lengths, lengths, (only, sizes, others) => {
        const whole = streamOf([{ ...only, frames: 40, sends: true }]);
        expect(lines(normalise(split(whole, sizes)))).toEqual(lines(normalise(split(whole, others))));
      }),
      { numRuns: 20 },
    );
  });

  it('finds the same packets among invalid bytes at any chunk boundaries', () => {
    const rubbish = fc.oneof(
      bytes(400),
      fc.integer({ min: 1, max: 400 }).map((size) => Buffer.alloc(size, SYNC_BYTE)),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(rubbish, fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 6 }),
        lengths,
        lengths,
        (parts, sizes, others) => {
          const stream = streamOf([
            { video: 'h264', videoPid: 0x41, tracks: [], subtitles: 0, frames: 90, sends: true },
          ]);
          let at = 0;
          const whole = Buffer.concat([
            stream.subarray(0, 20 * PACKET_SIZE),
            ...parts.flatMap(([noise, packets]) => {
              const from = 20 * PACKET_SIZE + at;
              at += packets * PACKET_SIZE;
              return [noise, stream.subarray(from, from + packets * PACKET_SIZE)];
            }),
          ]);
          expect(lines(normalise(split(whole, sizes)))).toEqual(lines(normalise(split(whole, others))));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('survives any packets at all', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 120 }), lengths, (packets, sizes) => {
        const whole = Buffer.concat(packets);
        const out = normalise(split(whole, sizes), whole.length / 2);
        expect(out.length % PACKET_SIZE).toBe(0);
        for (let at = 0; at < out.length; at += PACKET_SIZE)
          if (out[at] !== SYNC_BYTE) expect.fail(`no packet at ${at}`);
      }),
      { numRuns: 200 },
    );
  });

  it('delivers only packets of the source and its own PAT and PMT', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 120 }), (packets) => {
        const whole = Buffer.concat([
          streamOf([{ video: 'h264', videoPid: 0x41, tracks: [], subtitles: 0, frames: 5, sends: true }]),
          ...packets,
        ]);
        const out = normalise([whole], 0);
        let own = 0;
        for (let at = 0; at < out.length; at += PACKET_SIZE) if ([0, PMT_PID].includes(pidOf(out, at))) own++;
        expect(out.length / PACKET_SIZE - own).toBeLessThanOrEqual(whole.length / PACKET_SIZE);
        expect(own).toBeLessThanOrEqual(3 * (whole.length / PACKET_SIZE + 2));
      }),
    );
  });
});

describe('the source survey', () => {
  it('survives any packets at all', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 200 }), (packets) => {
        const survey = new SourceSurvey();
        for (const made of packets) survey.look(made, 0);
        for (const program of survey.programs) for (const entry of program.streams) survey.contentOf(entry);
        expect(survey.changes).toBeLessThanOrEqual(2 * packets.length);
      }),
      { numRuns: 200 },
    );
  });
});
