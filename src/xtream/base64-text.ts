import { isAscii, isUtf8 } from 'node:buffer';
import { decodeText, incompleteTailLength } from '../lib/decode-text.ts';

const BASE64 = /^[A-Za-z\d+/_-]+={0,3}$/;
/** Few words have 16 letters, and none has 24. */
const NO_WORD = 16;
const LONG = 24;
/** The first byte in UTF-8 of the accented letters of Latin-1. */
const LATIN_IN_UTF8 = 0xc3;
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/**
 * Decodes a guide text that is base64, as documented, and keeps one that is plain, as some panels send it.
 * @param isSure true if the other texts of the answer are base64; then it also decodes one without padding, cut off or in Latin-1.
 */
export function decodeBase64Text(raw: string, isSure = false): string {
  const packed = raw.replace(/\s+/g, '');
  if (!isBase64(packed)) return raw;
  const bytes = Buffer.from(packed, 'base64');
  const isPadded = packed.endsWith('=');
  const mayBeCut = isSure || isPadded || packed.length >= LONG;
  // A plain word can be valid base64 by chance, but its unused bits are rarely zero.
  if (!mayBeCut && packed.length % 4 !== 0 && !isCanonical(packed, bytes)) return raw;
  const whole = mayBeCut ? withoutCutLetter(bytes) : bytes;
  const isKnown = isSure || isPadded || (isUtf8(whole) && packed.length % 4 === 0);
  const text = decodeText(whole);
  // A plain word decodes to control characters and symbols.
  const isText = isKnown || ((isUtf8(whole) || packed.length >= NO_WORD) && isProse(text));
  return isText && !CONTROL.test(text) ? text : raw;
}

/** Whether the texts of one answer are base64, since a panel encodes all of them or none. */
export function areBase64(texts: readonly string[]): boolean {
  const all = texts.map((text) => text.replace(/\s+/g, '')).filter((text) => text !== '');
  return (
    all.every(isBase64) &&
    all.some((text) => text.endsWith('=') || decodeBase64Text(text) !== text || text.length >= LONG)
  );
}

function isBase64(packed: string): boolean {
  return BASE64.test(packed) && (packed.length >= LONG || packed.replace(/=+$/, '').length % 4 !== 1);
}

function isCanonical(packed: string, bytes: Buffer): boolean {
  return bytes.toString('base64url') === packed.replaceAll('+', '-').replaceAll('/', '_');
}

/** Removes an incomplete character, since panels cut texts at a number of bytes. An accented letter of Latin-1 at the end stays. */
function withoutCutLetter(bytes: Buffer): Buffer {
  const left = incompleteTailLength(bytes);
  const rest = bytes.subarray(0, bytes.length - left);
  const isLatin = left === 1 && (bytes.at(-1) ?? 0) > LATIN_IN_UTF8 && isAscii(rest);
  return isLatin || !isUtf8(rest) ? bytes : rest;
}

/** Whether a text consists mostly of letters, digits and blanks, as titles do. */
function isProse(text: string): boolean {
  const letters = text.match(/[\p{L}\p{N}\s]/gu)?.length ?? 0;
  return letters >= 0.7 * (text.match(/./gsu)?.length ?? 0);
}
