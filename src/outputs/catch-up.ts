import type { LineUpEntry } from './line-up.ts';

/**
 * Attributes of an M3U entry by which Kodi and other players ask for its past; none where the provider keeps nothing. The
 * players replace `{utc}` by seconds since the epoch, and `{duration:60}` by minutes.
 * @param base our address with the client's prefix.
 */
export function catchUpOf({ number, archive }: LineUpEntry, base: string): Readonly<Record<string, string>> {
  if (!archive) return {};
  return {
    catchup: 'default',
    'catchup-days': String(archive.days),
    'catchup-source': `${base}/archive/${number}/{utc}/{duration:60}.ts`,
  };
}
