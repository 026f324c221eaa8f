/** A viewer that fetches a playlist every two seconds and every segment once. */
export function keepViewing(server: { text(path: string): Promise<string> }): () => void {
  const fetched = new Set<string>();
  const look = async (): Promise<void> => {
    for (const [uri] of (await server.text('/live/index.m3u8')).matchAll(/seg\/\d+\.ts/g)) {
      if (fetched.has(uri)) continue;
      fetched.add(uri);
      await server.text(`/live/${uri}`);
    }
  };
  const timer = setInterval(() => void look().catch(() => {}), 2_000);
  return () => clearInterval(timer);
}
