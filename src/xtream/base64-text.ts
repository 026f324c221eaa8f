import { isAscii, isUtf8 } from 'node:buffer';
import { decodeText, unfinished } from '../lib/decode-text.ts';

const BASE64 = /^[A-Za-z\d+/_-]+={0,3}$/;
/** As many characters as few words have, and as none has. */
const NO_WORD = 16;
const LONG = 24;
/** What Latin letters with accents begin with in UTF-8. */
const LATIN_IN_UTF8 = 0xc3;
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/**
 * Guide texts are base64 by the book, and plain with some panels: decodes what decodes to text, keeps the rest.
 * @param isSure the texts beside it are base64, so this one is: also without padding, cut off, or in Latin-1.
 */
export function decodeBase64Text(raw: string, isSure = false): string {
  const packed = raw.replace(/\s+/g, '');
  if (!isBase64(packed)) return raw;
  const bytes = Buffer.from(packed, 'base64');
  const isPadded = packed.endsWith('=');
  const mayBeCut = isSure || isPadded || packed.length >= LONG;
  // A plain word may happen to be base64, but has bits to spare where nothing is padded.
  if (!mayBeCut && packed.length % 4 !== 0 && !isCanonical(packed, bytes)) return raw;
  const whole = mayBeCut ? withoutCutLetter(bytes) : bytes;
  const isKnown = isSure || isPadded || (isUtf8(whole) && packed.length % 4 === 0);
  const text = decodeText(whole);
  // Controls, and signs of all kinds, are what a plain word decodes to.
  const isText = isKnown || ((isUtf8(whole) || packed.length >= NO_WORD) && isProse(text));
  return isText && !CONTROL.test(text) ? text : raw;
}

/** Whether these texts of one answer are base64, since a panel packs all of them or none. */
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

/** Panels cut texts at so many bytes, in the middle of a letter. An accent of Latin-1 at the end is none such. */
function withoutCutLetter(bytes: Buffer): Buffer {
  const left = unfinished(bytes);
  const rest = bytes.subarray(0, bytes.length - left);
  const isLatin = left === 1 && (bytes.at(-1) ?? 0) > LATIN_IN_UTF8 && isAscii(rest);
  return isLatin || !isUtf8(rest) ? bytes : rest;
}

/** Mostly letters and blanks, as titles are. */
function isProse(text: string): boolean {
  const letters = text.match(/[\p{L}\p{N}\s]/gu)?.length ?? 0;
  return letters >= 0.7 * (text.match(/./gsu)?.length ?? 0);
}
