import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const PROGRAM = fileURLToPath(new URL('../../bin/zapette.js', import.meta.url));

/** The program as a new owner starts it, in a process and a folder of its own; it answers on loopback alone. */
export interface ServerProcess {
  /** The one-time link that it prints. */
  readonly link: string;
  /** Everything that it has printed. */
  readonly output: () => string;
  /** How often it has started again; a process that has ended counts as well. */
  readonly restarts: () => number;
  /** Ends it and deletes its folder. */
  readonly stop: () => Promise<void>;
}

/** Starts the program; resolves once it has printed the link. @param env settings besides HOST, PORT and DATA_DIR. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zapette-new-'));
  const child = execa(process.execPath, [PROGRAM], {
    // No .env is there.
    cwd: dataDir,
    env: { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, ...env },
    stdin: 'ignore',
    stderr: 'inherit',
    reject: false,
    buffer: false,
  });
  let said = '';
  let hasEnded = false;
  const link = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /Set up:\s+(http\S+)\s/.exec(said)?.[1];
      if (found) resolve(found);
    });
    void child.then(() => {
      hasEnded = true;
      reject(new Error(`The server ended:\n${said}`));
    });
  });
  return {
    link,
    output: () => said,
    restarts: () => said.split('"Zapette is on"').length - 2 + Number(hasEnded),
    stop: async () => {
      child.kill();
      await child;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
