import { readdir, readFile } from 'node:fs/promises';

/** Returns the process ids of the remuxing FFmpegs of a parent process. Linux only. */
export async function ffmpegsOf(parentPid: number): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc').catch(() => [])) {
    const [args, stat] = await Promise.all([
      readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => ''),
      readFile(`/proc/${entry}/stat`, 'utf8').catch(() => ''),
    ]);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === parentPid && args.includes('pipe:0')) found.push(Number(entry));
  }
  return found;
}
