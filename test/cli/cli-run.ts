import { PassThrough, Writable } from 'node:stream';
import { runCli } from '../../src/cli/run-cli.ts';
import { Terminal } from '../../src/cli/terminal.ts';

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

export interface CliRunOptions {
  readonly env: Readonly<Record<string, string>>;
  /** What is on the standard input, which is no terminal. */
  readonly input?: string;
  /** What somebody types at a terminal, each line once a question was asked. */
  readonly typed?: readonly string[];
}

/** Runs the command line in this process. */
export async function runCommand(
  args: readonly string[],
  { env, input, typed }: CliRunOptions,
): Promise<CliRun> {
  const written = { out: '', errors: '' };
  const stdin = new PassThrough();
  if (typed) Object.assign(stdin, { isTTY: true, setRawMode: () => {} });
  else stdin.end(input ?? '');
  const answers = [...(typed ?? [])];
  const collect = (into: keyof typeof written) =>
    new Writable({
      decodeStrings: false,
      write: (chunk, _encoding, done) => {
        written[into] += chunk;
        // readline listens only after its prompt.
        if (/[:)] $/.test(String(chunk)) && typed)
          setImmediate(() => stdin.write(answers.shift() ?? '\u0003'));
        done();
      },
    });
  const terminal = new Terminal(stdin, collect('out'), collect('errors'));
  const code = await runCli(args, { env, terminal, version: '9.8.7' });
  return { code, ...written };
}
