import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const INTERVAL = 500;

/**
 * Calls back when npm, or the shell through which npm runs scripts, has ended: a signal to npm ends the shell, which
 * does not pass it on. Does nothing if npm did not start this process, whatever the environment says.
 * @param {() => void} callback
 */
export function whenNpmEnds(callback) {
  const isThere = npmAbove();
  if (!isThere) return;
  const timer = setInterval(() => {
    if (isThere()) return;
    clearInterval(timer);
    callback();
  }, INTERVAL);
  timer.unref();
}

/** @returns {(() => boolean) | null} whether npm and its shell are running; null if they did not start this process. */
function npmAbove() {
  const { npm_lifecycle_event: event, npm_lifecycle_script: script } = process.env;
  if (!event) return null;
  const { ppid } = process;
  // On Windows finding the parent's parent is expensive, so only the shell is watched.
  if (process.platform === 'win32') return () => isAlive(ppid);
  const parent = look(ppid);
  if (!parent) return null;
  const isShell = script !== undefined && parent.command.includes(script);
  // Some shells replace themselves by the program they run, and then npm is the parent.
  if (!isShell && !/\bnpm\b/.test(parent.command)) return null;
  if (!isShell) return () => process.ppid === ppid;
  return () =>
    process.ppid === ppid && (parentOf(ppid) ?? parent.ppid) === parent.ppid && isAlive(parent.ppid);
}

/**
 * @param {number} pid
 * @returns {{ ppid: number, command: string } | null}
 */
function look(pid) {
  try {
    const ppid = parentOf(pid);
    if (ppid !== null)
      return { ppid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
    const said = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      // Keeps the settings from ps, which needs none.
      env: { PATH: process.env.PATH },
    });
    const line = said.trim();
    return { ppid: Number.parseInt(line, 10), command: line.replace(/^\d+\s+/, '') };
  } catch {
    return null;
  }
}

/**
 * Reads the parent from /proc as of proc(5), where the second field, in brackets, may hold any text.
 * @param {number} pid
 * @returns {number | null} null if there is no /proc
 */
function parentOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return Number(fields?.[1]);
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
