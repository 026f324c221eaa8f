import { readdir, readFile } from 'node:fs/promises';

/** Sends SIGKILL to the remuxing FFmpegs of a parent process. Linux only. @returns how many there were */
export async function killFfmpeg(parentPid: number): Promise<number> {
  let killed = 0;
  for (const entry of await readdir('/proc').catch(() => [])) {
    const [args, stat] = await Promise.all([
      readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => ''),
      readFile(`/proc/${entry}/stat`, 'utf8').catch(() => ''),
    ]);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent !== parentPid || !args.includes('pipe:0')) continue;
    process.kill(Number(entry), 'SIGKILL');
    killed++;
  }
  return killed;
}
