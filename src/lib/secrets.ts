import { Transform } from 'node:stream';

const MASK = '***';
/** Shorter values would mask ordinary words and numbers; so short a secret protects nothing anyway. */
const SHORTEST = 3;

/**
 * The values that must never be printed. Every log line passes through `scrub`, which finds a secret also in a URL inside an
 * error message, in a library's stack or in FFmpeg's output.
 */
export class Secrets {
  readonly #values = new Set<string>();
  #pattern: RegExp | null = null;

  /** Registers a value in all spellings that may appear: raw, URL-encoded, as JSON text, and as JSON within JSON. */
  add(value: string): void {
    if (value.length < SHORTEST || this.#values.has(value)) return;
    const inJson = JSON.stringify(value).slice(1, -1);
    const encoded = encodeURIComponent(value);
    // PHP's urlencode and URLSearchParams encode more characters than encodeURIComponent does.
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

  /** Replaces every registered secret in a text by `***`. */
  scrub(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, MASK) : text;
  }

  /** A stream that scrubs the log lines written to it. Each chunk must be a whole line. */
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
