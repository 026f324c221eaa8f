import { ffmpegsOf } from '../fakes/ffmpegs-of.ts';

/** Sends SIGKILL to the remuxing FFmpegs of a parent process. Linux only. @returns how many there were */
export async function killFfmpeg(parentPid: number): Promise<number> {
  const pids = await ffmpegsOf(parentPid);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids.length;
}
