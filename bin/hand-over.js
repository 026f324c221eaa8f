import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MARK = 'ZAPETTE_HANDED_OVER';

/** Path of the Node from the npm package `node`; null if its install script did not run. */
export function bundledNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    return ['node.exe', 'node'].map((file) => join(folder, 'bin', file)).find(existsSync) ?? null;
  } catch {
    return null;
  }
}

/**
 * Runs a module with another Node, passes signals on to it, and exits with its exit code.
 * @param {string} node
 * @param {string} url the module's address
 * @returns {() => void} ends the other process
 */
export function handOver(node, url) {
  // The IPC channel closes however this process dies, which tells the other process.
  const child = spawn(node, [fileURLToPath(url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // glibc gives each thread memory of its own, which it rarely gives back: two shares save 40 MB. What is as large as a
    // segment is given back at once.
    env: {
      ...{ MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' },
      ...{ ...process.env, [MARK]: '1' },
    },
  });
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']);
  for (const signal of signals) {
    // On Windows the console signals both processes, and a kill would end the other process at once.
    process.on(signal, () => process.platform !== 'win32' && child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`Cannot start ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  return () => child.connected && child.disconnect();
}

/**
 * Calls back when the process that started this one has ended.
 * @param {() => void} callback
 */
export function whenLauncherEnds(callback) {
  if (process.env[MARK] !== '1' || !process.channel) return;
  delete process.env[MARK];
  process.once('disconnect', callback);
  process.channel.unref();
}
