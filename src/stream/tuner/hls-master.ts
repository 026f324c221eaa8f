import HLS from 'hls-parser';
import { iso6392 } from 'iso-639-2';
import { AppError } from '../../domain/errors.ts';

/** True if the first bytes of an answer are those of a playlist (RFC 8216). */
export function isPlaylist(bytes: Buffer): boolean {
  const beginning = bytes.subarray(0, 64).toString('utf8').replace('\uFEFF', '').trimStart();
  return beginning.startsWith('#EXTM3U');
}

/** A variant of a master playlist. */
export interface Variant {
  readonly address: URL;
  /** True if the sound comes in separate playlists. */
  readonly hasSoundApart: boolean;
  readonly listed: HLS.types.Variant;
}

/**
 * Returns at least one playable variant, best first, without the variants of keyframes alone for fast forward.
 * @param base address of the playlist. @throws AppError channel_not_video
 */
export function bestFirst(variants: readonly HLS.types.Variant[], base: URL): [Variant, ...Variant[]] {
  const playable = variants.flatMap((listed) => {
    const address = listed.uri && !listed.isIFrameOnly ? URL.parse(listed.uri, base.href) : null;
    if (!address || !/^https?:$/.test(address.protocol)) return [];
    return [{ address, hasSoundApart: listed.audio.some(({ uri }) => uri), listed }];
  });
  const [best, ...others] = playable.toSorted((one, other) => other.listed.bandwidth - one.listed.bandwidth);
  if (!best) throw new AppError('channel_not_video');
  return [best, ...others];
}

/**
 * Rewrites a playlist with local addresses for FFmpeg, so that none of the provider's is left in it. A master playlist
 * keeps only the best variant, with all its sounds, since FFmpeg would probe every variant first.
 * @param base address of the playlist. @throws AppError channel_not_video
 */
export function rewritePlaylist(text: string, base: URL, enter: (url: string) => string): string {
  const at = (uri: string) => enter(URL.parse(uri.trim(), base.href)?.href ?? '');
  // FFmpeg ends a line at each of these characters.
  const lines = text.split(/[\r\n\0]+/).filter((line) => line.trim() !== '');
  if (lines.some((line) => line.startsWith('#EXT-X-STREAM-INF'))) return bestAlone(text, base, at);
  return `${lines.flatMap((line) => rewriteLine(line, at)).join('\n')}\n`;
}

/** Rewrites a tag that contains an address, and drops it if FFmpeg does not know it. */
function rewriteLine(line: string, at: (uri: string) => string): string | [] {
  if (!line.startsWith('#')) return at(line);
  if (!/uri/i.test(line)) return line;
  const tag = /^#EXT-X-(?:KEY|MAP)(?=:)/.exec(line)?.[0];
  if (!tag) return [];
  const attributes = [...line.matchAll(/([A-Z-]+)\s*=\s*(?:"([^"]*)"|([^",\s]*))/g)].map(
    ([, name = '', quoted, plain = '']) => {
      if (name === 'URI') return `URI="${at(quoted ?? plain)}"`;
      const value = (quoted ?? plain).replace(/[^\w@.-]/g, '');
      return quoted === undefined ? `${name}=${value}` : `${name}="${value}"`;
    },
  );
  return `${tag}:${attributes.join(',')}`;
}

function bestAlone(text: string, base: URL, at: (uri: string) => string): string {
  const { address, listed } = bestFirst(variantsIn(text), base)[0];
  const sounds = listed.audio.map(({ uri, language, isDefault }, index) =>
    [
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="${index + 1}"`,
      ...(language ? [`LANGUAGE="${threeLetters(language)}"`] : []),
      `DEFAULT=${isDefault ? 'YES' : 'NO'},AUTOSELECT=YES`,
      ...(uri ? [`URI="${at(uri)}"`] : []),
    ].join(','),
  );
  const sound = sounds.length > 0 ? ',AUDIO="sound"' : '';
  const variant = `#EXT-X-STREAM-INF:BANDWIDTH=${listed.bandwidth || 1}${sound}`;
  return ['#EXTM3U', ...sounds, variant, at(address.href), ''].join('\n');
}

function variantsIn(text: string): readonly HLS.types.Variant[] {
  try {
    const playlist = HLS.parse(text.trim());
    return playlist.isMasterPlaylist ? playlist.variants : [];
  } catch (error) {
    throw new AppError('channel_not_video', {}, { cause: error });
  }
}

/** Converts a language (BCP 47) to the code that transport streams use: "fr-CA" to "fra". */
function threeLetters(language: string): string {
  const [code = ''] = language.toLowerCase().split('-');
  const known = iso6392.find(({ iso6391 }) => iso6391 === code);
  return known ? (known.iso6392T ?? known.iso6392B) : code.replace(/[^a-z]/g, '');
}
