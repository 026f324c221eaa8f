import { execa } from 'execa';

/** Plain FFmpeg that does what a channel on air needs: video copied and sound to AAC, into HLS. */
export function plainRemux(ffmpegPath: string, url: string, playlist: string) {
  const input = ['-loglevel', 'error', '-i', url, '-map', '0:v:0', '-map', '0:a:0'];
  const sound = ['-c:a', 'aac', '-ac', '2', '-ar', '48000', '-b:a', '160k'];
  const output = ['-f', 'hls', '-hls_time', '2', '-hls_flags', 'delete_segments', playlist];
  return execa(ffmpegPath, [...input, '-c:v', 'copy', ...sound, ...output], { reject: false });
}
