const BASE64 = /^[A-Za-z\d+/]+={0,2}$/;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Guide texts are base64 by the book, and plain with some panels: decodes what decodes to text, keeps the rest. */
export function decodeBase64Text(raw: string): string {
  const packed = raw.replace(/\s+/g, '');
  if (packed.length % 4 !== 0 || !BASE64.test(packed)) return raw;
  try {
    const text = strictUtf8.decode(Buffer.from(packed, 'base64'));
    // A plain word may happen to be base64; controls are what it decodes to.
    return /[^\P{Cc}\t\n\r]/u.test(text) ? raw : text;
  } catch {
    return raw;
  }
}
