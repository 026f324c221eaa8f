import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { ClientKind } from '../src/domain/client-kind.ts';
import { FakePanel } from '../test/fakes/xtream-panel.ts';

export interface BenchChannel {
  readonly id: number;
  readonly name: string;
  readonly serve: (response: ServerResponse) => void;
}

export interface Account {
  readonly XTREAM_URL: string;
  readonly XTREAM_USERNAME: string;
  readonly XTREAM_PASSWORD: string;
}

const TOKEN = 'bench-admin-token';

/** Starts a panel on loopback with these channels. */
export async function startPanel(channels: readonly BenchChannel[], maxConnections = 4) {
  const panel = await FakePanel.start({
    maxConnections,
    channels: channels.map(({ id, name }) => ({ id, name })),
  });
  for (const { id, serve } of channels) panel.live.set(id, (_request, response) => serve(response));
  const account: Account = {
    XTREAM_URL: panel.url,
    XTREAM_USERNAME: panel.username,
    XTREAM_PASSWORD: panel.password,
  };
  return {
    account,
    liveUrl: (id: number) => `${panel.url}/live/${panel.username}/${panel.password}/${id}.ts`,
    /** Connections that count against the limit. */
    taken: () => panel.taken,
    stop: () => panel.stop(),
  };
}

export interface ZapetteOptions {
  /** The account to use; the demo if absent. */
  readonly account?: Account;
  readonly env?: Record<string, string>;
  /** A data folder from an earlier run. */
  readonly dataDir?: string;
  /** The folder of another checkout to run; this one if absent. */
  readonly checkout?: string;
  /** Keeps the folder when stopped. */
  readonly keepData?: boolean;
  /** True: the JavaScript that `npm run build` makes and that is shipped, not the sources. */
  readonly shipped?: boolean;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs Zapette in a process of its own, on a free port, with a data folder that is deleted with it. */
export async function startZapette(options: ZapetteOptions) {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'zapette-bench-')));
  const main = join(
    options.checkout ?? fileURLToPath(new URL('..', import.meta.url)),
    options.shipped ? 'dist/main.js' : 'src/main.ts',
  );
  const child = execa(process.execPath, [main], {
    env: {
      PORT: '0',
      DATA_DIR: dataDir,
      ADMIN_TOKEN: TOKEN,
      IDLE_STOP_MINUTES: '0',
      ...options.account,
      ...options.env,
    },
    stdin: 'ignore',
    reject: false,
    buffer: false,
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      const found = /"url":"([^"]+)"/.exec(said)?.[1];
      if (found) resolve(found);
    });
    void child.then(() => reject(new Error(`Zapette ended:\n${said}`)));
  });
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  while (((await (await fetch(`${url}/api/channels`)).json()) as { total: number }).total === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    dataDir,
    pid: child.pid as number,
    text: async (path: string) => (await fetch(url + path)).text(),
    post: async (path: string, body: object = {}) => {
      const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as { id: string; first_segment: number; channel_id: number | null };
    },
    /** Adds a television or player. */
    makeClient: async (name: string, kind: ClientKind) => {
      const body = JSON.stringify({ name, kind });
      const response = await fetch(`${url}/api/clients`, { method: 'POST', headers, body });
      return (await response.json()) as { base_url: string; playlist_url: string; guide_url: string };
    },
    stop: async () => {
      child.kill();
      await child;
      if (!options.keepData) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Formats rows in aligned columns. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}

/** Waits until it is so; what fails is not so yet. @param patience in milliseconds @returns whether it became so */
export async function until(isSo: () => Promise<boolean>, patience: number): Promise<boolean> {
  const started = performance.now();
  while (!(await isSo().catch(() => false))) {
    if (performance.now() - started > patience) return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return true;
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
