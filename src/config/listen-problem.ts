import type { SettingProblem } from '../domain/setting-problem.ts';
import type { Config } from './config.ts';

/** What is wrong with HOST or PORT where the system refuses to listen there. @param code of the system's error */
export function listenProblem(
  code: string | undefined,
  { host, port }: Pick<Config, 'host' | 'port'>,
): SettingProblem {
  if (code === 'EADDRINUSE') return { name: 'PORT', rule: 'port_in_use', params: { port } };
  if (code === 'EACCES') return { name: 'PORT', rule: 'port_needs_rights', params: { port } };
  return { name: 'HOST', rule: 'cannot_listen', params: { host, detail: code ?? 'unknown' } };
}
