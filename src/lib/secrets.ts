import { Transform } from 'node:stream';

const MASK = '***';
/** Shorter values would blank out ordinary words and numbers; such a secret protects nothing anyway. */
const SHORTEST = 3;

/**
 * The values that must never be printed. Everything that is logged passes through `scrub`, so that a secret is
 * caught wherever it hides: in a URL inside an error message, in a library's stack, in FFmpeg's own words.
 */
export class Secrets {
  readonly #values = new Set<string>();
  #pattern: RegExp | null = null;

  /** Registers a value in all the spellings in which it may turn up: raw, URL-encoded, as JSON text, and within it. */
  add(value: string): void {
    if (value.length < SHORTEST || this.#values.has(value)) return;
    const inJson = JSON.stringify(value).slice(1, -1);
    const encoded = encodeURIComponent(value);
    // PHP's urlencode and URLSearchParams encode more than encodeURIComponent does.
    const strict = encoded.replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
    for (const form of [
      value,
      encoded,
      encoded.replaceAll('%20', '+'),
      new URLSearchParams([['', value]]).toString().slice(1),
      strict,
      strict.replaceAll('%20', '+'),
      encodeURI(value),
      inJson,
      JSON.stringify(inJson).slice(1, -1),
    ]) {
      this.#values.add(form);
    }
    const alternatives = [...this.#values].sort((a, b) => b.length - a.length).map(escapeForRegExp);
    this.#pattern = new RegExp(alternatives.join('|'), 'gi');
  }

  scrub(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, MASK) : text;
  }

  /** A stream that passes whole log lines on, scrubbed. */
  scrubber(): Transform {
    return new Transform({
      decodeStrings: false,
      transform: (line: string | Buffer, _encoding, done) => done(null, this.scrub(line.toString())),
    });
  }
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
