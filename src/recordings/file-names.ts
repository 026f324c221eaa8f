/** What a recording's place depends on. `start` is in epoch milliseconds. */
export interface NamedRecording {
  readonly title: string;
  readonly channelName: string;
  readonly start: number;
}

/** Bytes of a part of a path, of which file systems take 255; the rest is for endings such as ` (2).mkv`. */
const LONGEST = 200;
/** What Windows and its network folders refuse in a name, with everything that does not show. */
const REFUSED = /[<>:"/\\|?*]|[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** Names of devices of Windows, whatever follows a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The place of a recording below RECORDINGS_DIR without an ending, in the form that Jellyfin, Plex and Kodi take for a show
 * with an episode of that day. Times are those of this machine.
 */
export function recordingPlace({ title, channelName, start }: NamedRecording): string {
  const at = new Date(start);
  const two = (value: number) => String(value).padStart(2, '0');
  const year = String(at.getFullYear());
  const date = `${year}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}-${two(at.getMinutes())}`;
  const rest = ` - ${date} ${time} - ${safeName(channelName, 60)}`;
  const show = safeName(title, LONGEST - Buffer.byteLength(rest));
  return `Shows/${show}/Season ${year}/${show}${rest}`;
}

/** A text as a name that every file system takes. @param most bytes */
export function safeName(text: string, most = LONGEST): string {
  const clean = text.replaceAll(REFUSED, ' ').replaceAll(/\s+/g, ' ').trim();
  // A dot in front hides a file; at the end, Windows drops dots and spaces.
  const name = cut(clean.replace(/^[. ]+/, ''), most).replace(/[. ]+$/, '');
  if (name === '') return '_';
  return DEVICE.test(name) ? `_${name}` : name;
}

/** The text's beginning that has at most so many bytes, without half a letter. */
function cut(text: string, most: number): string {
  let bytes = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > most) break;
    kept += segment;
  }
  return kept;
}
