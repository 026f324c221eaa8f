import { resolve, sep } from 'node:path';

/**
 * The path of a list that is a file, from the file system's root; null for any other address.
 * @param place the value of `M3U_1_URL`: a relative path begins in DATA_DIR.
 */
export function listPath(place: string, dataDir: string): string | null {
  const text = place.trim();
  const url = URL.parse(text);
  if (url?.protocol === 'file:') return resolve(decoded(url.pathname));
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text) || text === '' ? null : resolve(dataDir, text);
}

/** Whether a list from the set-up page is a file outside DATA_DIR: the page must not show what else is on this machine. */
export function isListOutside(place: string, dataDir: string): boolean {
  const path = listPath(place, dataDir);
  return path !== null && !path.startsWith(resolve(dataDir) + sep);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
