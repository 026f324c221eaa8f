import {
  hasPayload,
  mapTimestamps,
  PACKET_SIZE,
  setContinuityCounter,
  setPid,
  TICKS_PER_SECOND,
} from '../../src/stream/mpeg-ts/packets.ts';
import { AUDIO_PID, VIDEO_PID } from '../../src/stream/segments/segmenter.ts';
import { CLIP_TICKS, type Clip, type Look } from './chaos-clip.ts';
import { PMT_PID, pat, pmt } from './ts-packets.ts';

/** The present behaviour of all chaos channels. */
export interface Behaviour {
  readonly look: Look;
  /** Added to every PID except the PAT's. */
  readonly pidOffset: number;
  readonly hasPicture: boolean;
  /** `unsaid`: the sound is missing from the PMT too. */
  readonly sound: 'there' | 'silent' | 'unsaid';
  /** Added to all timestamps, in ticks. */
  readonly timeOffset: number;
  /** The share of packets whose payload is noise. */
  readonly corruption: number;
  /** The speed as a multiple of real time. */
  readonly speed: number;
}

export const wellBehaved: Behaviour = {
  look: 'usual',
  pidOffset: 0,
  hasPicture: true,
  sound: 'there',
  timeOffset: 0,
  corruption: 0,
  speed: 1,
};

const TABLES_EVERY = TICKS_PER_SECOND / 10;

/** One connection to a chaos channel: loops the clip with continuous timestamps and counters, with faults on demand. */
export class ChaosStream {
  readonly #clips: Readonly<Record<Look, Clip>>;
  readonly #counters = new Map<number, number>();
  #behaviour: Behaviour = wellBehaved;
  #version = 0;
  /** The position in the clip, the loops so far, and the position in the stream in ticks. */
  #next = 0;
  #rounds = 0;
  #tablesAt = Number.NEGATIVE_INFINITY;
  /** Changes with each packet, for noise that is the same in each run. */
  #noise = 1;

  constructor(clips: Readonly<Record<Look, Clip>>) {
    this.#clips = clips;
  }

  /** The bytes up to a position in the stream, in ticks. */
  until(ticks: number, wanted: Behaviour): Buffer {
    const out: Buffer[] = [];
    for (;;) {
      const { packets } = this.#clips[this.#behaviour.look];
      const packet = packets[this.#next];
      if (!packet) {
        this.#next = 0;
        this.#rounds++;
        continue;
      }
      const at = this.#rounds * CLIP_TICKS + packet.at;
      if (at > ticks) return Buffer.concat(out);
      // Broadcasters change the stream at a keyframe.
      if (packet.isKeyframe) {
        const isAnother = wanted.look !== this.#behaviour.look;
        this.#follow(wanted);
        if (isAnother) this.#next = this.#indexOf(packet.at);
      }
      if (at - this.#tablesAt >= TABLES_EVERY || packet.isKeyframe) {
        this.#tablesAt = at;
        out.push(this.#tables());
      }
      const made = this.#packet();
      if (made) out.push(made);
      this.#next++;
    }
  }

  #follow(wanted: Behaviour): void {
    const { look, pidOffset, sound } = this.#behaviour;
    if (look !== wanted.look || pidOffset !== wanted.pidOffset || sound !== wanted.sound)
      this.#version = (this.#version + 1) & 0x1f;
    this.#behaviour = wanted;
  }

  #indexOf(at: number): number {
    const { packets } = this.#clips[this.#behaviour.look];
    const index = packets.findIndex((packet) => packet.isKeyframe && packet.at >= at);
    return Math.max(0, index);
  }

  #packet(): Buffer | null {
    const packet = this.#clips[this.#behaviour.look].packets[this.#next];
    const { hasPicture, sound, pidOffset, timeOffset, corruption } = this.#behaviour;
    if (!packet) return null;
    if (packet.pid === VIDEO_PID ? !hasPicture : sound !== 'there') return null;
    const bytes = Buffer.from(packet.bytes);
    const offset = this.#rounds * CLIP_TICKS + timeOffset;
    mapTimestamps(bytes, 0, (ticks) => ticks + offset);
    setPid(bytes, 0, packet.pid + pidOffset);
    this.#count(bytes, packet.pid + pidOffset);
    this.#noise = (this.#noise * 48_271) % 2_147_483_647;
    if (this.#noise % 10_000 < corruption * 10_000) bytes.fill(this.#noise & 0xff, 20);
    return bytes;
  }

  #tables(): Buffer {
    const { look, pidOffset, sound } = this.#behaviour;
    const streams = [
      { type: this.#clips[look].videoType, pid: VIDEO_PID + pidOffset },
      ...(sound === 'unsaid' ? [] : [{ type: 0x0f, pid: AUDIO_PID + pidOffset }]),
    ];
    const mapPid = PMT_PID + pidOffset;
    const tables = Buffer.concat([
      pat([mapPid], false, { version: pidOffset & 0x1f }),
      pmt(streams, mapPid, [], { version: this.#version }),
    ]);
    this.#count(tables, 0);
    this.#count(tables.subarray(PACKET_SIZE), mapPid);
    return tables;
  }

  #count(bytes: Buffer, pid: number): void {
    const last = this.#counters.get(pid) ?? 15;
    const counter = hasPayload(bytes, 0) ? (last + 1) & 0x0f : last;
    this.#counters.set(pid, counter);
    setContinuityCounter(bytes, 0, counter);
  }
}
