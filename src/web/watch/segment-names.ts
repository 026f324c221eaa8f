/**
 * Gives each segment of a playlist the same name wherever it is, since hls.js takes a segment whose address changes, queries
 * aside, for a broken playlist. `addressOf` leads back.
 * @param base the playlist's own address
 */
export function withNames(playlist: string, base: string): string {
  return playlist.replace(/^[^#\r\n].*$/gm, (uri) => {
    const { href, pathname } = new URL(uri, base);
    return `${pathname.split('/').at(-1)}?${encodeURIComponent(href)}`;
  });
}

/** The address of a segment with such a name; the same address for any other. */
export function addressOf(named: string): string {
  const address = /\?(https?%3A.+)$/.exec(named)?.[1];
  return address === undefined ? named : decodeURIComponent(address);
}
