import { TICKS_PER_SECOND, TIMESTAMP_RANGE } from '../../src/stream/mpeg-ts/packets.ts';
import type { ChaosProvider, Greeting } from '../fakes/chaos-provider.ts';
import type { Behaviour } from '../fakes/chaos-stream.ts';
import type { Random } from './random.ts';

/** The parts of the system that faults act on. */
export interface Victim {
  readonly provider: ChaosProvider;
  /** Sends a signal to the FFmpeg processes of the feeds. */
  signalFfmpeg(signal: 'SIGKILL' | 'SIGSTOP'): Promise<void>;
  /** Holds a write transaction on zapette.db open. @param duration milliseconds. */
  lockDatabase(duration: number): Promise<void>;
  /** Sends `/play` with this channel in the chat. */
  ask(channel: number): Promise<void>;
  /** Requests these channels by the API and resolves with all answers. @param pause milliseconds between requests. */
  burst(channels: readonly number[], pause: number): Promise<void>;
}

/** One fault. Times are in seconds. */
export interface Fault {
  readonly kind: string;
  /** How long the fault lasts. */
  readonly length: number;
  /** How long the provider sends nothing from which a picture can be made. */
  readonly away: number;
  begin(victim: Victim): void | Promise<void>;
}

/** Makes a fault of one kind with random numbers. */
type Maker = (random: Random) => Fault;

const CHANNELS = 24;
const random = (draw: Random) => draw.whole(1, CHANNELS);

/** A fault in which the provider answers with this greeting for some seconds and cuts open connections. */
function refuses(kind: string, greeting: Greeting): Maker {
  return (draw) => {
    const length = draw.whole(3, 10);
    return {
      kind,
      length,
      away: length,
      begin: ({ provider }) => {
        provider.greeting = greeting;
        provider.cut('within a packet');
      },
    };
  };
}

/** A fault in which the stream changes for some seconds but always has a picture. */
function sends(kind: string, change: (draw: Random, provider: ChaosProvider) => Partial<Behaviour>): Maker {
  return (draw) => ({
    kind,
    length: draw.whole(5, 10),
    away: 0,
    begin: ({ provider }) => {
      provider.behaviour = { ...provider.behaviour, ...change(draw, provider) };
    },
  });
}

function atOnce(kind: string, begin: Fault['begin'], length = 0): Maker {
  return () => ({ kind, length, away: 0, begin });
}

/** All faults, by kind. */
export const makers: readonly Maker[] = [
  atOnce('cut within a packet', ({ provider }) => provider.cut('within a packet')),
  atOnce('clean end', ({ provider }) => provider.cut('cleanly')),
  ...[403, 404, 458, 503, 509].map((status) => refuses(`refused with ${status}`, { kind: 'status', status })),
  refuses('web page instead', { kind: 'web page' }),
  refuses('redirects in a loop', { kind: 'redirect loop' }),
  refuses('no answer', { kind: 'nothing' }),
  refuses('down', { kind: 'hang up' }),
  (draw) => {
    const after = draw.whole(1, 3);
    return {
      kind: 'slow start',
      length: 8,
      away: after,
      begin: ({ provider }) => {
        provider.greeting = { kind: 'late television', after: after * 1000 };
        provider.cut('within a packet');
      },
    };
  },
  atOnce(
    'headers with LF alone',
    ({ provider }) => {
      provider.greeting = { kind: 'television after LF' };
      provider.cut('within a packet');
    },
    8,
  ),
  atOnce('stalls', ({ provider }) => provider.fallIll('stall')),
  atOnce('drips', ({ provider }) => provider.fallIll('drip')),
  atOnce(
    'cuts every 12 s',
    ({ provider }) => {
      provider.longestLife = 12_000;
      provider.cut('within a packet');
    },
    26,
  ),
  sends('corrupt packets', () => ({ corruption: 0.02 })),
  sends('other PIDs', (draw) => ({ pidOffset: draw.whole(1, 9) * 16 })),
  sends('another codec', () => ({ look: 'mpeg2' })),
  sends('black picture', () => ({ look: 'black' })),
  sends('no sound', () => ({ sound: 'silent' })),
  sends('no sound, nor in the PMT', () => ({ sound: 'unsaid' })),
  sends('no picture', () => ({ hasPicture: false })),
  sends('timestamps jump', (draw, { behaviour }) => ({
    timeOffset: behaviour.timeOffset + draw.whole(-3_600, 3_600) * TICKS_PER_SECOND,
  })),
  sends('timestamps wrap', (draw, { position }) => ({
    timeOffset: TIMESTAMP_RANGE - (position + draw.whole(2, 4)) * TICKS_PER_SECOND,
  })),
  sends('faster than real time', () => ({ speed: 4 })),
  atOnce('FFmpeg killed', (victim) => victim.signalFfmpeg('SIGKILL')),
  atOnce('FFmpeg stopped', (victim) => victim.signalFfmpeg('SIGSTOP')),
  (draw) => {
    const length = draw.whole(4, 10);
    return {
      kind: 'database locked',
      length,
      away: 0,
      begin: (victim) => victim.lockDatabase(length * 1000),
    };
  },
  (draw) => {
    const channel = random(draw);
    return { kind: 'switch by chat', length: 0, away: 0, begin: (victim) => victim.ask(channel) };
  },
  (draw) => {
    const channels = Array.from({ length: draw.whole(3, 8) }, () => random(draw));
    const pause = draw.whole(20, 400);
    return {
      kind: 'burst of switches',
      length: (channels.length * pause) / 1000,
      away: 0,
      begin: (victim) => victim.burst(channels, pause),
    };
  },
];

export { CHANNELS };
