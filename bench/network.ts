import { execa } from 'execa';

/** Machines of a bench on one: each is a network namespace, and all are on one bridge. */
export interface Network {
  /** Whether the machines are apart; else all are loopback. */
  readonly isApart: boolean;
  addressOf(machine: string): string;
  /** The command that runs a program on a machine. */
  on(machine: string, file: string, args: readonly string[]): [file: string, args: string[]];
  /** Bytes that a machine has sent to others; null on loopback. */
  sentBy(machine: string): Promise<number | null>;
  /** A machine falls silent: it answers nothing, and refuses nothing. Does nothing on loopback. */
  silence(machine: string): Promise<void>;
  /** It answers again. */
  wake(machine: string): Promise<void>;
}

/** Names the bridge of the run that this process belongs to. */
const RUN = 'ZAPETTE_BENCH_NETWORK';
const INTERFACE = 'eth0';

/**
 * Runs a script again on the first of some machines, and ends when it does. Returns in that second run, or, where there
 * can be no namespaces (they need Linux, `ip` and root), at once with everything on loopback.
 * @param script the file of the bench.
 */
export async function enterNetwork(script: string, machines: readonly string[]): Promise<Network> {
  const inside = process.env[RUN];
  if (inside) return namespaces(inside, machines);
  const run = `zb${process.pid}`;
  try {
    await build(run, machines);
  } catch (error) {
    await remove(run, machines);
    console.log(
      `Everything on loopback: network namespaces need Linux, ip and root (${(error as Error).message.split('\n')[0]})`,
    );
    return loopback;
  }
  const [file, args] = namespaces(run, machines).on(machines[0] ?? '', process.execPath, [
    ...process.execArgv,
    script,
    ...process.argv.slice(2),
  ]);
  const inner = execa(file, args, { stdio: 'inherit', reject: false, env: { [RUN]: run } });
  // The namespaces go with this process, however it ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => inner.kill());
  const { exitCode } = await inner;
  await remove(run, machines);
  process.exit(exitCode ?? 1);
}

const loopback: Network = {
  isApart: false,
  addressOf: () => '127.0.0.1',
  on: (_machine, file, args) => [file, [...args]],
  sentBy: async () => null,
  silence: async () => {},
  wake: async () => {},
};

function namespaces(run: string, machines: readonly string[]): Network {
  const route = async (verb: 'add' | 'del', machine: string) => {
    for (const [at, other] of machines.entries())
      if (other !== machine)
        await execa('ip', [
          ...['-n', `${run}-${machine}`, 'route', verb],
          ...['blackhole', `10.77.0.${at + 1}/32`],
        ]);
  };
  return {
    isApart: true,
    addressOf: (machine) => `10.77.0.${machines.indexOf(machine) + 1}`,
    on: (machine, file, args) => ['ip', ['netns', 'exec', `${run}-${machine}`, file, ...args]],
    sentBy: async (machine) => {
      const { stdout } = await execa('ip', [
        ...['-n', `${run}-${machine}`, '-s', '-j'],
        ...['link', 'show', INTERFACE],
      ]);
      const [link] = JSON.parse(stdout) as { stats64: { tx: { bytes: number } } }[];
      return link?.stats64.tx.bytes ?? null;
    },
    silence: (machine) => route('add', machine),
    wake: (machine) => route('del', machine),
  };
}

async function build(run: string, machines: readonly string[]): Promise<void> {
  const ip = (line: string) => execa('ip', line.split(' '));
  await ip(`link add ${run} type bridge`);
  await ip(`link set ${run} up`);
  for (const [at, machine] of machines.entries()) {
    const name = `${run}-${machine}`;
    await ip(`netns add ${name}`);
    await ip(`link add ${run}v${at} type veth peer name ${INTERFACE} netns ${name}`);
    await ip(`link set ${run}v${at} master ${run} up`);
    await ip(`-n ${name} addr add 10.77.0.${at + 1}/24 dev ${INTERFACE}`);
    await ip(`-n ${name} link set ${INTERFACE} up`);
    await ip(`-n ${name} link set lo up`);
  }
}

async function remove(run: string, machines: readonly string[]): Promise<void> {
  for (const machine of machines) await execa('ip', ['netns', 'del', `${run}-${machine}`], { reject: false });
  await execa('ip', ['link', 'del', run], { reject: false });
}
