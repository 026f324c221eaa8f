import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const TOKEN = 'the-admin-token-of-the-soak';

/** Bytes. */
export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

/** Zapette in a process of its own, with measurements of its inside. Linux only. */
export class Subject {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  readonly #folder: string;
  readonly #stop: () => Promise<unknown>;
  readonly #log: () => string;
  /** The process ids of all FFmpegs seen so far. */
  readonly #children = new Set<number>();

  private constructor(
    url: string,
    pid: number,
    folder: string,
    stop: () => Promise<unknown>,
    log: () => string,
  ) {
    this.url = url;
    this.pid = pid;
    this.dataDir = join(folder, 'data');
    this.#folder = folder;
    this.#stop = stop;
    this.#log = log;
  }

  static async start(env: Record<string, string>): Promise<Subject> {
    const folder = await mkdtemp(join(tmpdir(), 'zapette-soak-'));
    const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
    const args = ['--expose-gc', '--import', file('measure.ts'), file('../../src/main.ts')];
    const child = execa(process.execPath, args, {
      env: {
        PORT: '0',
        DATA_DIR: join(folder, 'data'),
        ADMIN_TOKEN: TOKEN,
        IDLE_STOP_MINUTES: '0',
        LOG_LEVEL: 'debug',
        SOAK_MEMORY_FILE: join(folder, 'memory.json'),
        ...env,
      },
      stdin: 'ignore',
      reject: false,
      buffer: false,
      all: true,
    });
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.all.on('data', (chunk: Buffer) => {
        said = (said + chunk).slice(-8_000_000);
        const found = /"url":"([^"]+)"/.exec(said)?.[1];
        if (found) resolve(found);
      });
      void child.then(() => reject(new Error(`Zapette ended:\n${said}`)));
    });
    const stop = async () => {
      child.kill();
      return child;
    };
    return new Subject(url, child.pid ?? 0, folder, stop, () => said);
  }

  /** The log, one JSON object per line. */
  get log(): string {
    return this.#log();
  }

  /** Makes a request as an operator. @returns the answer, whatever its status. */
  async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return { status: response.status, ...(text === '' ? {} : (JSON.parse(text) as object)) };
  }

  /** Measures memory after a garbage collection. */
  async memory(): Promise<Memory> {
    const path = join(this.#folder, 'memory.json');
    await rm(path, { force: true });
    process.kill(this.pid, 'SIGUSR2');
    for (let tries = 0; tries < 50; tries++) {
      await sleep(100);
      const text = await readFile(path, 'utf8').catch(() => '');
      if (text.endsWith('}')) return JSON.parse(text) as Memory;
    }
    throw new Error('no word of its memory');
  }

  /** Counts open descriptors: files by name, sockets and pipes together. */
  async descriptors(): Promise<Map<string, number>> {
    const folder = `/proc/${this.pid}/fd`;
    const counts = new Map<string, number>();
    for (const name of await readdir(folder)) {
      const target = await readlink(join(folder, name)).catch(() => null);
      if (target === null) continue;
      const kind = target.replace(/:?\[\d+\]$/, '');
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
  }

  /** The process ids of its FFmpegs; `feeds` are those that deliver the picture. */
  async ffmpegs(): Promise<{ all: number[]; feeds: number[] }> {
    const ids = (await readFile(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').catch(() => ''))
      .split(' ')
      .filter(Boolean)
      .map(Number);
    for (const id of ids) this.#children.add(id);
    const feeds: number[] = [];
    for (const id of ids)
      if ((await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).includes('pipe:0')) feeds.push(id);
    return { all: ids, feeds };
  }

  /** Stops the process. @returns its FFmpegs that are still running some seconds later. */
  async stop(): Promise<number[]> {
    await this.ffmpegs();
    await this.#stop();
    await sleep(3_000);
    const orphans: number[] = [];
    for (const id of this.#children)
      if ((await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).includes('pipe:')) orphans.push(id);
    await rm(this.#folder, { recursive: true, force: true });
    return orphans;
  }
}
