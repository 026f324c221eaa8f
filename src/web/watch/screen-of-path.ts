import { liveScreen } from '../../domain/ids.ts';

/** The id of the screen whose watch page has this path; the default one for any other path. */
export function screenOfPath(path: string): string {
  return /^\/watch\/([^/]+)\/?$/.exec(path)?.[1] ?? liveScreen;
}
