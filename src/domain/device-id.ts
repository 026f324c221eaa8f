import { randomInt } from 'node:crypto';

/** The check table of Silicondust's ids: one value for each hexadecimal digit. */
const CHECKS = [0xa, 0x5, 0xf, 0x6, 0x7, 0xc, 0x1, 0xb, 0x9, 0x2, 0x8, 0xd, 0x4, 0x3, 0xe, 0x0];
/** Real tuners' ids begin so. */
const FAMILY = 0x10;

/**
 * Whether a text is an id of an HDHomeRun tuner: 8 hexadecimal digits, of which the last one makes the checksum zero.
 * Players drop devices with any other id.
 */
export function isDeviceId(text: string): boolean {
  return /^[\dA-F]{8}$/.test(text) && checksumOf(text) === 0;
}

/** Makes the id by which players know this installation as an HDHomeRun tuner. */
export function createDeviceId(): string {
  const digits = (FAMILY * 2 ** 20 + randomInt(2 ** 20)).toString(16).toUpperCase();
  // The last digit counts as it is, so it makes up for all before it.
  return digits + checksumOf(`${digits}0`).toString(16).toUpperCase();
}

function checksumOf(digits: string): number {
  return digits.split('').reduce((sum, digit, index) => {
    const value = Number.parseInt(digit, 16);
    return sum ^ (index % 2 === 0 ? (CHECKS[value] as number) : value);
  }, 0);
}
