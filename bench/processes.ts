import { readdir, readFile } from 'node:fs/promises';

/** The kernel's clock ticks per second, the same on all common Linux systems. */
const TICKS_PER_SECOND = 100;

/** Seconds of the processor that a process has used. */
export async function cpuOf(pid: number): Promise<number> {
  const stat = fields(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
  return (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) / TICKS_PER_SECOND;
}

/** The same of a process with its children. */
export async function cpuOfTree(pid: number): Promise<number> {
  return sum(await Promise.all((await treeOf(pid)).map(cpuOf)));
}

/** Bytes of memory that a process and its children hold, with their share of what they share (PSS). */
export async function memoryOfTree(pid: number): Promise<number> {
  const sizes = (await treeOf(pid)).map(async (each) => {
    const rollup = await readFile(`/proc/${each}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  });
  return sum(await Promise.all(sizes));
}

async function treeOf(pid: number): Promise<number[]> {
  const children: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (Number(fields(stat)[1]) === pid) children.push(Number(entry));
  }
  return [pid, ...children];
}

/** Reads the fields after the process's name, which may hold any text; user and system time are 11 and 12. */
function fields(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0);
}
