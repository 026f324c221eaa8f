/**
 * Reads and patches MPEG-2 transport stream packets (ISO/IEC 13818-1): frame starts, timestamps, counters and PIDs.
 * Each function works on one packet of 188 bytes at `at` and assumes that it is whole.
 */

export const PACKET_SIZE = 188;
export const SYNC_BYTE = 0x47;
/** Timestamps count at 90 kHz and wrap at 33 bits, after 26.5 hours. */
export const TICKS_PER_SECOND = 90_000;
export const TIMESTAMP_RANGE = 2 ** 33;
export const NULL_PID = 0x1fff;

export function pidOf(bytes: Uint8Array, at: number): number {
  return ((byte(bytes, at + 1) & 0x1f) << 8) | byte(bytes, at + 2);
}

/** True if a PES packet or a table section begins in this packet. */
export function isUnitStart(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 1) & 0x40) !== 0;
}

export function hasPayload(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 3) & 0x10) !== 0;
}

/** Reads the random_access_indicator, which muxers set on the packet that begins a keyframe. */
export function isRandomAccess(bytes: Uint8Array, at: number): boolean {
  return hasAdaptation(bytes, at) && byte(bytes, at + 4) > 0 && (byte(bytes, at + 5) & 0x40) !== 0;
}

export function setContinuityCounter(bytes: Uint8Array, at: number, counter: number): void {
  bytes[at + 3] = (byte(bytes, at + 3) & 0xf0) | (counter & 0x0f);
}

/** Returns the payload's offset from the packet's start; PACKET_SIZE or more if the packet has no payload. */
export function payloadOffset(bytes: Uint8Array, at: number): number {
  return hasAdaptation(bytes, at) ? 5 + byte(bytes, at + 4) : 4;
}

/** Reads transport_scrambling_control: true if the payload is encrypted. */
export function isScrambled(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 3) & 0xc0) !== 0;
}

/** Reads the transport_error_indicator, which a receiver sets on a packet that arrived broken. */
export function isBroken(bytes: Uint8Array, at: number): boolean {
  return (byte(bytes, at + 1) & 0x80) !== 0;
}

/** Reads the discontinuity_indicator: true if counters and clocks may jump at this packet. */
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

/** Reads the programme clock reference (PCR) in 90 kHz ticks; null if the packet has none. */
export function programClock(bytes: Uint8Array, at: number): number | null {
  return hasProgramClock(bytes, at) ? readProgramClock(bytes, at + 6) : null;
}

/** Finds the data of the PES packet that begins here, which may start beyond this packet; null if none begins. */
export function pesPayload(bytes: Uint8Array, at: number): { at: number; streamId: number } | null {
  const start = at + payloadOffset(bytes, at);
  if (!isUnitStart(bytes, at) || !hasPayload(bytes, at) || start + 9 > at + PACKET_SIZE) return null;
  if (bytes[start] !== 0 || bytes[start + 1] !== 0 || bytes[start + 2] !== 1) return null;
  return { at: start + 9 + byte(bytes, start + 8), streamId: byte(bytes, start + 3) };
}

/** Reads the DTS, or else the PTS, of the PES packet that begins here, in 90 kHz ticks; null if it has neither. */
export function decodingTimestamp(bytes: Uint8Array, at: number): number | null {
  const pes = pesHeader(bytes, at);
  if (!pes) return null;
  return readTimestamp(bytes, pes.hasDts ? pes.at + 14 : pes.at + 9);
}

/** Reads the PTS of the PES packet that begins here, in 90 kHz ticks; null if it has none. */
export function presentationTimestamp(bytes: Uint8Array, at: number): number | null {
  const pes = pesHeader(bytes, at);
  return pes && readTimestamp(bytes, pes.at + 9);
}

/** Reads the `decodingTimestamp` of the picture that begins here; null if none begins, or if it has none. */
export function pictureTimestamp(bytes: Uint8Array, at: number): number | null {
  if (!isUnitStart(bytes, at)) return null;
  const { streamId = 0 } = pesPayload(bytes, at) ?? {};
  // ISO/IEC 13818-1, table 2-22: video.
  return (streamId & 0xf0) === 0xe0 ? decodingTimestamp(bytes, at) : null;
}

/** Maps every clock in this packet (PCR, PTS, DTS) to another value in ticks, taken modulo 2^33. */
export function mapTimestamps(bytes: Uint8Array, at: number, map: (ticks: number) => number): void {
  if (hasProgramClock(bytes, at)) mapProgramClock(bytes, at + 6, map);
  const pes = isUnitStart(bytes, at) ? pesHeader(bytes, at) : null;
  if (!pes) return;
  writeTimestamp(bytes, pes.at + 9, wrapTicks(map(readTimestamp(bytes, pes.at + 9))));
  if (pes.hasDts) writeTimestamp(bytes, pes.at + 14, wrapTicks(map(readTimestamp(bytes, pes.at + 14))));
}

/** Moves the packet to the null PID, which players skip. */
export function blank(bytes: Uint8Array, at: number): void {
  bytes[at + 1] = NULL_PID >> 8;
  bytes[at + 2] = NULL_PID & 0xff;
}

/** Returns the distance in ticks from one timestamp to the next, across a wrap too; negative if `to` is slightly earlier. */
export function ticksBetween(from: number, to: number): number {
  const distance = wrapTicks(to - from);
  return distance < TIMESTAMP_RANGE / 2 ? distance : distance - TIMESTAMP_RANGE;
}

/** Finds the first of three consecutive packets at or after `from`; -1 if there is none. */
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
  // A start code, length, flags and a PTS take 14 bytes.
  if (!hasPayload(bytes, at) || offset + 14 > PACKET_SIZE) return null;
  const start = at + offset;
  if (bytes[start] !== 0 || bytes[start + 1] !== 0 || bytes[start + 2] !== 1) return null;
  const flags = byte(bytes, start + 7) >> 6;
  if (flags < 2) return null;
  return { at: start, hasDts: flags === 3 && offset + 19 <= PACKET_SIZE };
}

/** Reads 33 bits from five bytes with marker bits between; bit operators work on 32 bits, so the parts are added. */
function readTimestamp(bytes: Uint8Array, at: number): number {
  const high = (byte(bytes, at) >> 1) & 0x07;
  const middle = ((byte(bytes, at + 1) << 8) | byte(bytes, at + 2)) >> 1;
  const low = ((byte(bytes, at + 3) << 8) | byte(bytes, at + 4)) >> 1;
  return high * 2 ** 30 + middle * 2 ** 15 + low;
}

/** Writes a timestamp. @param at offset of its five bytes; their first four bits stay as they are. */
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

/** Reads the PCR's 33 bits at 90 kHz, without its extension at 27 MHz. */
function readProgramClock(bytes: Uint8Array, at: number): number {
  return (
    byte(bytes, at) * 2 ** 25 +
    ((byte(bytes, at + 1) << 17) | (byte(bytes, at + 2) << 9) | (byte(bytes, at + 3) << 1)) +
    (byte(bytes, at + 4) >> 7)
  );
}

/** Rewrites the PCR's 33 bits; its extension stays as it is. */
function mapProgramClock(bytes: Uint8Array, at: number, map: (ticks: number) => number): void {
  const moved = wrapTicks(Math.round(map(readProgramClock(bytes, at))));
  const low = moved % 2 ** 25;
  bytes[at] = Math.floor(moved / 2 ** 25);
  bytes[at + 1] = low >> 17;
  bytes[at + 2] = (low >> 9) & 0xff;
  bytes[at + 3] = (low >> 1) & 0xff;
  bytes[at + 4] = ((low & 1) << 7) | (byte(bytes, at + 4) & 0x7f);
}

/** Wraps ticks to the 33 bits of a timestamp. */
export function wrapTicks(ticks: number): number {
  return ((ticks % TIMESTAMP_RANGE) + TIMESTAMP_RANGE) % TIMESTAMP_RANGE;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
