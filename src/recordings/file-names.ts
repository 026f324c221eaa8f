import type { RecordedProgramme } from '../domain/recording.ts';
import {
  type NamePiece,
  type NamePlaceholder,
  parseRecordingNames,
  type RecordingNames,
  USUAL_NAMES,
} from '../domain/recording-names.ts';

/** What a recording's place depends on. `start` is in epoch milliseconds. */
export interface NamedRecording {
  readonly title: string;
  readonly channelName: string;
  readonly start: number;
  readonly programme: Pick<RecordedProgramme, 'subTitle' | 'season' | 'episode'> | null;
}

/** Bytes of a part of a path, of which file systems take 255; the rest is for endings such as ` (2).mkv`. */
const LONGEST = 200;
const LONGEST_CHANNEL = 60;
const LONGEST_SUBTITLE = 80;
/** A title is never cut to less than this, whatever else its name has. */
const SHORTEST_TITLE = 20;
/** What Windows and its network folders refuse in a name, with everything that does not show. */
const REFUSED = /[<>:"/\\|?*]|[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** Names of devices of Windows, whatever follows a dot. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;
/** Whatever shows nothing on its own, such as the joiners of emoji. */
const BLANK = /^[\p{Default_Ignorable_Code_Point}\s]*$/u;

/** What each placeholder stands for; null for nothing. */
type Values = Readonly<Record<NamePlaceholder, string | null>>;

const usual = parseRecordingNames(USUAL_NAMES) ?? [];

/**
 * The place of a recording below RECORDINGS_DIR without an ending, with `/` between its parts, each of which every file system
 * takes. A title is cut alike in all parts. Times are those of this machine.
 */
export function recordingPlace(recording: NamedRecording, names: RecordingNames = usual): string {
  const values = valuesOf(recording);
  const rooms = names
    .map((pieces) => ({ count: titlesIn(pieces), rest: filled(pieces, { ...values, title: '' }) }))
    .filter(({ count }) => count > 0)
    .map(({ count, rest }) => Math.floor((LONGEST - Buffer.byteLength(rest)) / count));
  const title = safeName(recording.title, Math.max(SHORTEST_TITLE, Math.min(LONGEST, ...rooms)));
  return names.map((pieces) => safeName(filled(pieces, { ...values, title }))).join('/');
}

/** A text as a name that every file system takes. @param most bytes */
export function safeName(text: string, most = LONGEST): string {
  const clean = text.replaceAll(REFUSED, ' ').replaceAll(/\s+/g, ' ').trim();
  // A dot in front hides a file; at the end, Windows drops dots and spaces.
  const name = cut(clean.replace(/^[. ]+/, ''), most).replace(/[. ]+$/, '');
  if (BLANK.test(name)) return '_';
  return DEVICE.test(name) ? `_${name}` : name;
}

function valuesOf({ title, channelName, start, programme }: NamedRecording): Values {
  const at = new Date(start);
  const two = (value: number) => String(value).padStart(2, '0');
  const [year, month, day] = [String(at.getFullYear()), two(at.getMonth() + 1), two(at.getDate())];
  const { subTitle = '', season, episode } = programme ?? {};
  return {
    ...{ title, year, month, day },
    subtitle: subTitle === '' ? null : safeName(subTitle, LONGEST_SUBTITLE),
    season: season === undefined ? null : two(season),
    episode: episode === undefined ? null : two(episode),
    channel: safeName(channelName, LONGEST_CHANNEL),
    date: `${year}-${month}-${day}`,
    time: `${two(at.getHours())}-${two(at.getMinutes())}`,
  };
}

/** Whatever has nothing is left out, with the whole bracket that it is in. */
function filled(pieces: readonly NamePiece[], values: Values): string {
  return pieces.map((piece) => textOf(piece, values)).join('');
}

function textOf(piece: NamePiece, values: Values): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'placeholder':
      return values[piece.name] ?? '';
    case 'optional': {
      const isEmpty = piece.pieces.some((each) => each.kind === 'placeholder' && values[each.name] === null);
      return isEmpty ? '' : filled(piece.pieces, values);
    }
  }
}

function titlesIn(pieces: readonly NamePiece[]): number {
  return pieces.reduce((count, piece) => {
    if (piece.kind === 'optional') return count + titlesIn(piece.pieces);
    return count + (piece.kind === 'placeholder' && piece.name === 'title' ? 1 : 0);
  }, 0);
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
