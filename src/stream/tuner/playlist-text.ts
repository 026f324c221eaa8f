import { AppError } from '../../domain/errors.ts';

const LARGEST_PLAYLIST = 1024 * 1024;

/** Reads a playlist of at most 1 MB. @throws AppError channel_not_video if it is longer; what the body throws */
export async function playlistText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_PLAYLIST) throw new AppError('channel_not_video');
  }
  return Buffer.concat(chunks).toString('utf8');
}
