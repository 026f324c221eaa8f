import type { Readable } from 'node:stream';

const ENOUGH = 4_096;
const PATIENCE = 1_000;

/** The first bytes of an answer of which nothing else is wanted, as Latin-1 text; lets go of it. Never rejects. */
export async function beginningOf(body: Readable): Promise<string> {
  const timer = setTimeout(() => body.destroy(), PATIENCE);
  let text = '';
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      text += chunk.toString('latin1', 0, ENOUGH);
      if (text.length >= ENOUGH) break;
    }
  } catch {
    // What came is what there is.
  }
  clearTimeout(timer);
  body.on('error', () => {}).destroy();
  return text;
}
