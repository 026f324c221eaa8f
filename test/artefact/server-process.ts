import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE = 60_000;

/** A server started as a stranger does: a process of its own of which only the output is visible. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #output: () => string;

  private constructor(url: string, child: ChildProcess, output: () => string) {
    this.url = url;
    this.#child = child;
    this.#output = output;
  }

  /** Resolves once the server listens. Rejects with its output if it ends before. */
  static async start(
    command: readonly [string, ...string[]],
    cwd: string,
    env: NodeJS.ProcessEnv,
  ): Promise<ServerProcess> {
    const [file, ...args] = command;
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`It was not on in time:\n${output}`)), PATIENCE);
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const on = /"url":"([^"]+)","msg":"Zapette is on"/.exec(output)?.[1];
        if (!on) return;
        clearTimeout(timer);
        resolve(on);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${output}`)));
    }).catch((error: unknown) => {
      killGroup(child);
      throw error;
    });
    return new ServerProcess(url, child, () => output);
  }

  get output(): string {
    return this.#output();
  }

  /** Stops the server by a signal to the started process alone. Throws if any process of it remains. */
  async stop(): Promise<void> {
    const exited = this.#child.exitCode === null ? once(this.#child, 'exit') : null;
    this.#child.kill('SIGTERM');
    await exited;
    const deadline = Date.now() + 15_000;
    while (hasGroup(this.#child)) {
      if (Date.now() > deadline) {
        killGroup(this.#child);
        throw new Error('A signal left processes behind');
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (!this.output.includes('"msg":"stopping"')) throw new Error(`It did not end cleanly:\n${this.output}`);
  }

  kill(): void {
    killGroup(this.#child);
  }
}

function hasGroup({ pid = 0 }: ChildProcess): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined && hasGroup(child)) process.kill(-child.pid, 'SIGKILL');
}
