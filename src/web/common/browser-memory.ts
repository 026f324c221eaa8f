/** Until the browser forgets it, or only until its tab is closed. */
type Kept = 'localStorage' | 'sessionStorage';

/**
 * What this browser remembers under a key; null if nothing. Neither this nor `remember` throws: where a browser keeps
 * nothing (private windows, a full disk, site data blocked), all is only forgotten.
 */
export function recall(key: string, kept: Kept = 'localStorage'): string | null {
  try {
    return window[kept].getItem(key);
  } catch {
    return null;
  }
}

/** @param value null forgets */
export function remember(key: string, value: string | null, kept: Kept = 'localStorage'): void {
  try {
    if (value === null) window[kept].removeItem(key);
    else window[kept].setItem(key, value);
  } catch {
    // forgotten
  }
}
