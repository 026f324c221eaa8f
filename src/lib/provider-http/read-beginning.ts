import type { Readable } from 'node:stream';

const ENOUGH = 4_096;
const PATIENCE = 1_000;

/** Reads up to 4,096 bytes of a body, for a second at most, as Latin-1 text, and destroys the body. Never rejects. */
export async function readBeginning(body: Readable): Promise<string> {
  const timer = setTimeout(() => body.destroy(), PATIENCE);
  let text = '';
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      text += chunk.toString('latin1', 0, ENOUGH);
      if (text.length >= ENOUGH) break;
    }
  } catch {
    // The text read so far is the result.
  }
  clearTimeout(timer);
  body.on('error', () => {}).destroy();
  return text;
}
