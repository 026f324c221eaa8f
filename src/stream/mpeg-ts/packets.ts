/**
 * MPEG-2 transport stream packets (ISO/IEC 13818-1), as far as a live channel needs them: where a frame begins,
 * when it is shown, and how to move it to another place in time. All functions read or patch one packet of 188
 * bytes at `at` and assume that it is whole.
 */

export const PACKET_SIZE = 188;
export const SYNC_BYTE = 0x47;
/** Timestamps are counted at 90 kHz and wrap at 33 bits, after 26.5 hours. */
export const TICKS_PER_SECOND = 90_000;
export const TIMESTAMP_RANGE = 2 ** 33;
export const NULL_PID = 0x1fff;

export function pidOf(bytes: Uint8Array, at: number): number {
  return ((byte(bytes, at + 1) & 0x1f) << 8) | byte(bytes, at + 2);
}

/** True where a PES packet or a table section begins. */
export function isUnitStart(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 1) & 0x40) !== 0;
}

export function hasPayload(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 3) & 0x10) !== 0;
}

/** The random access indicator, which muxers set on the packet that begins a keyframe. */
export function isRandomAccess(bytes: Uint8Array, at: number): boolean {
  return hasAdaptation(bytes, at) && byte(bytes, at + 4) > 0 && (byte(bytes, at + 5) & 0x40) !== 0;
}

export function setContinuityCounter(bytes: Uint8Array, at: number, counter: number): void {
  bytes[at + 3] = (byte(bytes, at + 3) & 0xf0) | (counter & 0x0f);
}

/** The payload's offset from the packet's start; PACKET_SIZE or more where there is none. */
export function payloadOffset(bytes: Uint8Array, at: number): number {
  return hasAdaptation(bytes, at) ? 5 + byte(bytes, at + 4) : 4;
}

/** transport_scrambling_control: the payload is encrypted. */
export function isScrambled(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 3) & 0xc0) !== 0;
}

/** transport_error_indicator: set by whoever received it broken. */
export function isBroken(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 1) & 0x80) !== 0;
}

/** discontinuity_indicator: counters and clocks may jump here. */
export function isDiscontinuous(bytes: Uint8Array, at: number): boolean {
  return hasAdaptation(bytes, at) && byte(bytes, at + 4) > 0 && (byte(bytes, at + 5) & 0x80) !== 0;
}

export function continuityCounter(bytes: Uint8Array, at: number): number {
  return byte(bytes, at + 3) & 0x0f;
}

export function setPid(bytes: Uint8Array, at: number, pid: number): void {
  bytes[at + 1] = (byte(bytes, at + 1) & 0xe0) | (pid >> 8);
  bytes[at + 2] = pid & 0xff;
}

/** The programme clock reference in 90 kHz ticks; null where this packet has none. */
export function programClock(bytes: Uint8Array, at: number): number | null {
  return hasProgramClock(bytes, at) ? readProgramClock(bytes, at + 6) : null;
}

/** Where the data of the PES packet that begins here starts, which may be beyond this packet; null where none begins. */
export function pesPayload(bytes: Uint8Array, at: number): { at: number; streamId: number } | null {
  const start = at + payloadOffset(bytes, at);
  if (!isUnitStart(bytes, at) || !hasPayload(bytes, at) || start + 9 > at + PACKET_SIZE) return null;
  if (bytes[start] !== 0 || bytes[start + 1] !== 0 || bytes[start + 2] !== 1) return null;
  return { at: start + 9 + byte(bytes, start + 8), streamId: byte(bytes, start + 3) };
}

/** The decoding timestamp in 90 kHz ticks of the PES packet that begins here, its PTS where it has no DTS, else null. */
export function decodingTimestamp(bytes: Uint8Array, at: number): number | null {
  const pes = pesHeader(bytes, at);
  if (!pes) return null;
  return readTimestamp(bytes, pes.hasDts ? pes.at + 14 : pes.at + 9);
}

/** Gives every clock in this packet (PCR, PTS, DTS), in ticks, another value, which is taken modulo 2^33. */
export function mapTimestamps(bytes: Uint8Array, at: number, map: (ticks: number) => number): void {
  if (hasProgramClock(bytes, at)) mapProgramClock(bytes, at + 6, map);
  const pes = isUnitStart(bytes, at) ? pesHeader(bytes, at) : null;
  if (!pes) return;
  writeTimestamp(bytes, pes.at + 9, wrapTicks(map(readTimestamp(bytes, pes.at + 9))));
  if (pes.hasDts) writeTimestamp(bytes, pes.at + 14, wrapTicks(map(readTimestamp(bytes, pes.at + 14))));
}

/** Makes the packet one of the null PID, which players skip. */
export function blank(bytes: Uint8Array, at: number): void {
  bytes[at + 1] = NULL_PID >> 8;
  bytes[at + 2] = NULL_PID & 0xff;
}

/** The way from one timestamp to a later one, in ticks, across a wrap too. Negative if `to` is (shortly) before. */
export function ticksBetween(from: number, to: number): number {
  const distance = wrapTicks(to - from);
  return distance < TIMESTAMP_RANGE / 2 ? distance : distance - TIMESTAMP_RANGE;
}

/** Where the first of three packets in a row begins at or after `from`; -1 if there is none. */
export function findSync(bytes: Uint8Array, from = 0): number {
  for (let at = from; at + 2 * PACKET_SIZE < bytes.length; at++) {
    if (
      bytes[at] === SYNC_BYTE &&
      bytes[at + PACKET_SIZE] === SYNC_BYTE &&
      bytes[at + 2 * PACKET_SIZE] === SYNC_BYTE
    ) {
      return at;
    }
  }
  return -1;
}

function hasAdaptation(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 3) & 0x20) !== 0;
}

function hasProgramClock(bytes: Uint8Array, at: number): boolean {
  return hasAdaptation(bytes, at) && byte(bytes, at + 4) >= 7 && (byte(bytes, at + 5) & 0x10) !== 0;
}

function pesHeader(bytes: Uint8Array, at: number): { at: number; hasDts: boolean } | null {
  const offset = payloadOffset(bytes, at);
  // start code, length, flags and a PTS: 14 bytes
  if (!hasPayload(bytes, at) || offset + 14 > PACKET_SIZE) return null;
  const start = at + offset;
  if (bytes[start] !== 0 || bytes[start + 1] !== 0 || bytes[start + 2] !== 1) return null;
  const flags = byte(bytes, start + 7) >> 6;
  if (flags < 2) return null;
  return { at: start, hasDts: flags === 3 && offset + 19 <= PACKET_SIZE };
}

/** 33 bits in five bytes, with marker bits between; beyond 32 bits, so no bit operators on the whole. */
function readTimestamp(bytes: Uint8Array, at: number): number {
  const high = (byte(bytes, at) >> 1) & 0x07;
  const middle = ((byte(bytes, at + 1) << 8) | byte(bytes, at + 2)) >> 1;
  const low = ((byte(bytes, at + 3) << 8) | byte(bytes, at + 4)) >> 1;
  return high * 2 ** 30 + middle * 2 ** 15 + low;
}

/** @param at of its five bytes, whose first four bits stay as they are. */
export function writeTimestamp(bytes: Uint8Array, at: number, value: number): void {
  const high = Math.floor(value / 2 ** 30);
  const rest = value % 2 ** 30;
  const middle = rest >> 15;
  const low = rest & 0x7fff;
  bytes[at] = (byte(bytes, at) & 0xf0) | (high << 1) | 1;
  bytes[at + 1] = middle >> 7;
  bytes[at + 2] = ((middle & 0x7f) << 1) | 1;
  bytes[at + 3] = low >> 7;
  bytes[at + 4] = ((low & 0x7f) << 1) | 1;
}

/** 33 bits at 90 kHz, then an extension at 27 MHz, which is left out. */
function readProgramClock(bytes: Uint8Array, at: number): number {
  return (
    byte(bytes, at) * 2 ** 25 +
    ((byte(bytes, at + 1) << 17) | (byte(bytes, at + 2) << 9) | (byte(bytes, at + 3) << 1)) +
    (byte(bytes, at + 4) >> 7)
  );
}

/** The extension stays as it is. */
function mapProgramClock(bytes: Uint8Array, at: number, map: (ticks: number) => number): void {
  const moved = wrapTicks(Math.round(map(readProgramClock(bytes, at))));
  const low = moved % 2 ** 25;
  bytes[at] = Math.floor(moved / 2 ** 25);
  bytes[at + 1] = low >> 17;
  bytes[at + 2] = (low >> 9) & 0xff;
  bytes[at + 3] = (low >> 1) & 0xff;
  bytes[at + 4] = ((low & 1) << 7) | (byte(bytes, at + 4) & 0x7f);
}

/** The same moment within the 33 bits that a timestamp has. */
export function wrapTicks(ticks: number): number {
  return ((ticks % TIMESTAMP_RANGE) + TIMESTAMP_RANGE) % TIMESTAMP_RANGE;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
