/** A viewer of a screen that fetches its playlist every two seconds and every segment once. @param base `/live` or `/s/<screen>` */
export function keepViewing(server: { text(path: string): Promise<string> }, base = '/live'): () => void {
  const fetched = new Set<string>();
  const look = async (): Promise<void> => {
    for (const [uri] of (await server.text(`${base}/index.m3u8`)).matchAll(/seg\/\d+\.ts/g)) {
      if (fetched.has(uri)) continue;
      fetched.add(uri);
      await server.text(`${base}/${uri}`);
    }
  };
  const timer = setInterval(() => void look().catch(() => {}), 2_000);
  return () => clearInterval(timer);
}
