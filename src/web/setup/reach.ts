import { deadline } from '../common/deadline.ts';

/** What a try of an address from this browser showed; `unknown`: an https page may not try an http address. */
export type Reach = 'reached' | 'another' | 'unreachable' | 'unknown';

const PATIENCE_MS = 5_000;

/**
 * Asks a server's address from this browser, which is another device than the server as a rule.
 * @param instance the id of the process that should answer
 */
export async function tryReach(address: string, instance: string): Promise<Reach> {
  if (location.protocol === 'https:' && !address.startsWith('https:')) return 'unknown';
  try {
    const answer = await fetch(`${address}/reach`, {
      mode: 'cors',
      cache: 'no-store',
      credentials: 'omit',
      signal: deadline(PATIENCE_MS),
    });
    const found: unknown = await answer.json();
    const isThisOne =
      typeof found === 'object' && found !== null && 'instance' in found && found.instance === instance;
    return isThisOne ? 'reached' : 'another';
  } catch {
    return 'unreachable';
  }
}

/** True if the page was opened on the server's own machine. */
export function isOpenedHere(): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);
}
