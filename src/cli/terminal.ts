import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';

/** Somebody has pressed Ctrl+C at a question, or the input has ended before an answer. */
export class CancelledError extends Error {}

type Input = Readable & { readonly isTTY?: boolean };

/** Where a command asks and answers. Questions go to the error output, so that the output can be piped. */
export class Terminal {
  readonly #input: Input;
  readonly #output: Writable;
  readonly #errors: Writable;

  constructor(
    input: Input = process.stdin,
    output: Writable = process.stdout,
    errors: Writable = process.stderr,
  ) {
    this.#input = input;
    this.#output = output;
    this.#errors = errors;
  }

  /** Whether somebody can be asked. */
  get isInteractive(): boolean {
    return this.#input.isTTY === true;
  }

  say(line: string): void {
    this.#output.write(`${line}\n`);
  }

  complain(line: string): void {
    this.#errors.write(`${line}\n`);
  }

  /** Asks for a line. @throws CancelledError */
  ask(question: string): Promise<string> {
    return this.#readLine(question, this.#errors);
  }

  /** Asks for a line that does not appear on the screen. Without a terminal it is the input's first line. @throws CancelledError */
  async askSecretly(question: string): Promise<string> {
    const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
    if (!this.isInteractive) return this.#readLine('', muted);
    this.#errors.write(question);
    try {
      return await this.#readLine('', muted);
    } finally {
      this.#errors.write('\n');
    }
  }

  #readLine(question: string, output: Writable): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const lines = createInterface({
      input: this.#input,
      output,
      terminal: this.isInteractive,
      historySize: 0,
    });
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    // On a terminal in raw mode Ctrl+C is a key; without a listener it closes the interface.
    lines.once('close', () => reject(new CancelledError('cancelled')));
    lines.setPrompt(question);
    if (question) lines.prompt();
    return promise;
  }
}
