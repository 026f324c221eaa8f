import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, Agent as NodeAgent, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Network } from './network.ts';

export interface EdgeOptions {
  readonly network: Network;
  readonly machine: string;
  readonly port: number;
  /** Where home answers, as `host:port`. */
  readonly origin: string;
  /** For what it writes. */
  readonly folder: string;
  readonly secret: string;
}

export interface EdgeProgram {
  readonly pid: number;
  stop(): Promise<void>;
}

/** What an edge has asked home for. */
export interface Asked {
  readonly segments: Map<string, number>;
  playlists: number;
}

/** nginx with the configuration of deploy/edge. */
export async function startNginx({ network, machine, port, origin, folder, secret }: EdgeOptions) {
  const template = await readFile(new URL('../deploy/edge/nginx.conf.template', import.meta.url), 'utf8');
  const site = template
    .replaceAll(/\$\{ORIGIN_HOST\}/g, origin)
    .replaceAll(/\$\{EDGE_SECRET\}/g, secret)
    .replace('listen 80;', `listen ${network.addressOf(machine)}:${port};`)
    .replace('/var/cache/nginx/zapette', join(folder, `cache-${port}`))
    .replace('/var/log/zapette/viewers.log', viewersLog(folder, port));
  const path = join(folder, `nginx-${port}.conf`);
  await writeFile(
    path,
    `worker_processes 1; daemon off; pid ${path}.pid; error_log ${path}.log; user root;
     worker_rlimit_nofile 12000;
     events { worker_connections 12000; } http { sendfile on; tcp_nopush on; ${site} }`,
  );
  return running(network.on(machine, 'nginx', ['-c', path]), 500);
}

/** Logs who asks a Varnish for playlists, as deploy/edge/README.md says. */
export async function startVarnishLog({ network, machine, port, folder }: EdgeOptions) {
  return running(
    network.on(machine, 'varnishncsa', [
      ...['-n', join(folder, `v-${port}`), '-a', '-w', viewersLog(folder, port)],
      ...['-q', 'ReqURL ~ "/(index|vlc)\\.m3u8$"', '-F', '%U %{X-Forwarded-For}i %{User-agent}i'],
    ]),
    500,
  );
}

/** Runs the script of deploy/edge that counts the viewers of an edge, every five seconds. */
export async function startCount({ network, machine, port, origin, folder, secret }: EdgeOptions) {
  const script = fileURLToPath(new URL('../deploy/edge/count-viewers.sh', import.meta.url));
  const env = {
    ...{ ORIGIN_HOST: origin, EDGE_SECRET: secret, EDGE_NAME: machine, EVERY: '5' },
    VIEWERS_LOG: viewersLog(folder, port),
  };
  return running(network.on(machine, 'sh', [script]), 0, env);
}

function viewersLog(folder: string, port: number): string {
  return join(folder, `viewers-${port}.log`);
}

/** Varnish with the configuration of deploy/edge. */
export async function startVarnish({ network, machine, port, origin, folder }: EdgeOptions) {
  // It reads its configuration as another user.
  await chmod(folder, 0o755);
  const vcl = await readFile(new URL('../deploy/edge/zapette.vcl', import.meta.url), 'utf8');
  const path = join(folder, `edge-${port}.vcl`);
  const [host, originPort] = origin.split(':');
  await writeFile(path, vcl.replace('"8002"', `"${originPort}"`).replace('"127.0.0.1"', `"${host}"`));
  const args = ['-F', '-f', path, '-a', `${network.addressOf(machine)}:${port}`];
  return running(
    network.on(machine, 'varnishd', [...args, '-s', 'malloc,256m', '-n', join(folder, `v-${port}`)]),
    3_000,
  );
}

/** A program, once it has had time to begin. */
async function running(
  [file, args]: [string, string[]],
  patience: number,
  env: Readonly<Record<string, string>> = {},
): Promise<EdgeProgram> {
  const run = execa(file, args, { reject: false, stdin: 'ignore', env });
  let isOver = false;
  void run.then(() => {
    isOver = true;
  });
  await sleep(patience);
  if (isOver) throw new Error(`${file} ended: ${(await run).stderr}`);
  return {
    pid: run.pid ?? 0,
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

/** Stands between an edge and home, and counts. */
export async function countingDoor(home: () => URL, address: string) {
  const asked: Asked = { segments: new Map(), playlists: 0 };
  const keep = new NodeAgent({ keepAlive: true, maxSockets: 64 });
  const server: Server = createServer((incoming, answer) => {
    const { url = '' } = incoming;
    if (url.endsWith('.ts')) asked.segments.set(url, (asked.segments.get(url) ?? 0) + 1);
    else if (url.endsWith('.m3u8')) asked.playlists++;
    const outgoing = request(
      { host: home().hostname, port: home().port, path: url, headers: incoming.headers, agent: keep },
      (from: IncomingMessage) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      },
    );
    outgoing.on('error', () => answer.destroy());
    outgoing.end();
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return {
    asked,
    origin: `${address}:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
      keep.destroy();
    },
  };
}
