const LARGEST = 64 * 1024;

/** Fetches a PNG of at most 64 KB as a data: address; null if that fails. */
export async function fetchPicture(address: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(address, { redirect: 'error', signal });
    const isPng = response.ok && response.headers.get('content-type') === 'image/png';
    if (!isPng || !response.body) {
      await response.body?.cancel();
      return null;
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > LARGEST) return null;
      chunks.push(chunk);
    }
    return `data:image/png;base64,${Buffer.concat(chunks).toString('base64')}`;
  } catch {
    return null;
  }
}
