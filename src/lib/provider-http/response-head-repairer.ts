/** Bytes after which the data is passed on as it is, since no head is longer. */
const LONGEST_HEAD = 256 * 1024;
/** Bytes of the body that show whether it is chunked. */
const ENOUGH_OF_BODY = 32;
const SHORTEST_HEAD = 5;
const END_OF_HEAD = /\r?\n\r?\n|\r\r/;
const LINE_END = /\r\n|\n|\r/;
const CHUNK_SIZE = /^[\da-f]+[ \t]*(?:;[^\n]*)?\r?\n/i;
/** Headers about the connection, which serves one answer only, and headers that are written anew. */
const dropped: ReadonlySet<string> = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'upgrade',
  'trailer',
  'content-length',
  'transfer-encoding',
]);

type Header = [name: string, value: string];

/**
 * Rewrites the head of an answer for Node's HTTP parser, which refuses what set-top boxes tolerate: "ICY 200 OK", lines that
 * end in LF, control characters, names with blanks, two lengths, or no head at all.
 */
export class ResponseHeadRepairer {
  #held: Buffer = Buffer.alloc(0);
  #seen = 0;
  #isDone = false;

  /** True once all further data can pass unchanged. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Takes the next chunk. @returns the data for the parser; null until the head is complete. */
  take(chunk: Buffer): Buffer | null {
    if (this.#isDone) return chunk;
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#seen += chunk.length;
    return this.#mend(false) ?? (this.#seen > LONGEST_HEAD ? this.#pass(this.#held) : null);
  }

  /** Ends the input. @returns the rest of the data. */
  end(): Buffer | null {
    return this.#isDone || this.#held.length === 0 ? null : this.#mend(true);
  }

  #mend(isEnd: boolean): Buffer | null {
    for (;;) {
      const text = this.#held.toString('latin1');
      const start = text.search(/[^\r\n]/);
      if (start < 0 || (text.length - start < SHORTEST_HEAD && !isEnd)) return null;
      if (!/^(?:http|icy)[/ ]/i.test(text.slice(start)))
        return this.#pass(Buffer.from(write('200', [], false)), this.#held);
      const end = END_OF_HEAD.exec(text.slice(start));
      if (!end) return isEnd ? this.#pass(this.#held) : null;
      const bodyAt = start + end.index + end[0].length;
      const [statusLine = '', ...lines] = text.slice(start, start + end.index).split(LINE_END);
      const status = /^\S*[ \t]*(\d{3})/.exec(statusLine)?.[1] ?? '200';
      const body = this.#held.subarray(bodyAt);
      if (status.startsWith('1')) {
        // An interim answer, such as 100 Continue.
        this.#held = body;
        continue;
      }
      const headers = headersOf(lines);
      const saysChunked = valuesOf(headers, 'transfer-encoding').some((value) => /chunked/i.test(value));
      const line = body.subarray(0, ENOUGH_OF_BODY).toString('latin1');
      if (saysChunked && !isEnd && !line.includes('\n') && line.length < ENOUGH_OF_BODY) return null;
      const isChunked = saysChunked && (line === '' || CHUNK_SIZE.test(line));
      return this.#pass(Buffer.from(write(status, headers, isChunked), 'latin1'), body);
    }
  }

  #pass(...parts: Buffer[]): Buffer {
    this.#isDone = true;
    this.#held = Buffer.alloc(0);
    return Buffer.concat(parts);
  }
}

function write(status: string, headers: readonly Header[], isChunked: boolean): string {
  const lines = headers.filter(([name]) => !dropped.has(name.toLowerCase()));
  const lengths = new Set(valuesOf(headers, 'content-length').flatMap((value) => value.split(/\s*,\s*/)));
  const [length = ''] = lengths;
  if (isChunked) lines.push(['Transfer-Encoding', 'chunked']);
  else if (lengths.size === 1 && /^\d{1,15}$/.test(length)) lines.push(['Content-Length', length]);
  lines.push(['Connection', 'close']);
  return `HTTP/1.1 ${status} -\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function headersOf(lines: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    const isContinued = /^[ \t]/.test(line) && !/^[ \t]+[a-z][\w-]*[ \t]*:(?!\/\/)/i.test(line);
    const [, rawName = '', rawValue = ''] = /^([^:]+):(.*)$/s.exec(line) ?? [];
    const name = rawName.trim().replace(/[^\w!#$%&'*+.^`|~-]+/g, '-');
    if (isContinued && last) last[1] = `${last[1]} ${clean(line)}`.trim();
    else if (name !== '') headers.push([name, clean(rawValue)]);
  }
  return headers;
}

function valuesOf(headers: readonly Header[], wanted: string): string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === wanted ? value : []));
}

function clean(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').trim();
}
