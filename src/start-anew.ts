import { spawn } from 'node:child_process';
import type { Config } from './config/config.ts';

/**
 * What a process does last so that another one takes its place. Where the system has it, the process becomes the other one,
 * so that whoever watches over it notices nothing.
 */
export function startAnew({ inheritedSocket }: Pick<Config, 'inheritedSocket'>): () => void {
  return () => {
    // systemd keeps the socket, and starts the service again at the next visitor.
    if (inheritedSocket !== null) process.exit(0);
    const command = [...process.execArgv, ...process.argv.slice(1)];
    // Absent on Windows.
    if (process.platform !== 'win32')
      process.execve?.(process.execPath, [process.execPath, ...command], process.env);
    const child = spawn(process.execPath, command, { stdio: 'inherit' });
    child.on('error', () => process.exit(1));
    child.on('exit', (code) => process.exit(code ?? 1));
  };
}
