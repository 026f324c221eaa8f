import { ffmpegsOf } from '../fakes/ffmpegs-of.ts';

/** Sends SIGKILL to the remuxing FFmpegs of a parent process. Linux only. @returns how many there were */
export async function killFfmpeg(parentPid: number): Promise<number> {
  const pids = await ffmpegsOf(parentPid);
  return pids.filter(kill).length;
}

/** @returns false if it has ended by itself meanwhile. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
