import { type Clock, sleep, systemClock } from '../lib/clock.ts';

/** How to pace a stream. */
export interface PaceOptions {
  /** The part of the programme that is sent at once at the start, in milliseconds. */
  readonly burst: number;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
}

const PACKET = 188;
/** The PCR base is a 33-bit count of 90 kHz (ISO/IEC 13818-1, 2.4.3.5). */
const PCR_CYCLE = 2 ** 33;
const PCR_PER_MILLISECOND = 90;
/** Milliseconds of delay that are made up for; after a longer one, such as a laptop's sleep, the stream continues at its usual speed. */
const FORGIVEN_LATENESS = 3000;

/**
 * Passes MPEG-TS on at the speed of its PCR, after a burst, as providers do. FFmpeg's `-re` has no burst, and the option that
 * has one is too new for the bundled FFmpeg. The source must begin at a packet; it is slowed down by being read slowly.
 */
export async function* paceByPcr(
  source: AsyncIterable<Buffer>,
  { burst, signal, clock = systemClock }: PaceOptions,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let lastPcr: number | null = null;
  let sent = 0;
  let start = 0;
  for await (const chunk of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % PACKET);
    let from = 0;
    for (let at = 0; at < whole; at += PACKET) {
      const pcr = pcrAt(bytes, at);
      if (pcr === null) continue;
      if (lastPcr === null) start = clock.monotonic();
      else sent += ((pcr - lastPcr + PCR_CYCLE) % PCR_CYCLE) / PCR_PER_MILLISECOND;
      lastPcr = pcr;
      const early = start + sent - burst - clock.monotonic();
      if (early < -FORGIVEN_LATENESS - burst) start -= early + burst;
      if (early <= 0) continue;
      if (at > from) yield bytes.subarray(from, at);
      from = at;
      await sleep(clock, early, signal);
    }
    if (whole > from) yield bytes.subarray(from, whole);
    rest = bytes.subarray(whole);
  }
  if (rest.length > 0) yield rest;
}

/** The PCR base of the packet at this offset; null if it carries none. */
function pcrAt(bytes: Buffer, at: number): number | null {
  const hasAdaptationField = (bytes.readUInt8(at + 3) & 0x20) !== 0;
  if (!hasAdaptationField || bytes.readUInt8(at + 4) < 7) return null;
  if ((bytes.readUInt8(at + 5) & 0x10) === 0) return null;
  return bytes.readUInt32BE(at + 6) * 2 + (bytes.readUInt8(at + 10) >> 7);
}
