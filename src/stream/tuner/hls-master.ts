import HLS from 'hls-parser';
import { iso6392 } from 'iso-639-2';
import { AppError } from '../../domain/errors.ts';

/** Whether an answer that begins so is a playlist (RFC 8216). */
export function isPlaylist(bytes: Buffer): boolean {
  const beginning = bytes.subarray(0, 64).toString('utf8').replace('\uFEFF', '').trimStart();
  return beginning.startsWith('#EXTM3U');
}

/** A variant of a master playlist. */
export interface Variant {
  readonly address: URL;
  /** Its sound comes in playlists of its own. */
  readonly hasSoundApart: boolean;
  readonly listed: HLS.types.Variant;
}

/**
 * The variants that can be played, best first; never none. Those for fast forward, of keyframes alone, are left out.
 * @param base where the playlist was. @throws AppError channel_not_video
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
 * The same playlist, with addresses as FFmpeg is to ask for them: none of the provider's is left in it, whatever it holds. Of
 * a master playlist only the best variant is left, with all its sounds: FFmpeg would begin with a look at each.
 * @param base where the playlist was. @throws AppError channel_not_video
 */
export function rewritePlaylist(text: string, base: URL, enter: (url: string) => string): string {
  const at = (uri: string) => enter(URL.parse(uri.trim(), base.href)?.href ?? '');
  // FFmpeg ends a line with each of these
  const lines = text.split(/[\r\n\0]+/).filter((line) => line.trim() !== '');
  if (lines.some((line) => line.startsWith('#EXT-X-STREAM-INF'))) return bestAlone(text, base, at);
  return `${lines.flatMap((line) => rewriteLine(line, at)).join('\n')}\n`;
}

/** Tags with an address are written anew, and those that FFmpeg does not know are left out. */
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

/** A language (BCP 47) as transport streams name it: "fr-CA" is "fra". */
function threeLetters(language: string): string {
  const [code = ''] = language.toLowerCase().split('-');
  const known = iso6392.find(({ iso6391 }) => iso6391 === code);
  return known ? (known.iso6392T ?? known.iso6392B) : code.replace(/[^a-z]/g, '');
}
