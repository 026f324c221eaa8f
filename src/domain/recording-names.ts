/** What a template of names may name. Times are those of the beginning, on this machine's clock. */
export const namePlaceholders = [
  'title',
  'subtitle',
  'season',
  'episode',
  'channel',
  'date',
  'time',
  'year',
  'month',
  'day',
] as const;
export type NamePlaceholder = (typeof namePlaceholders)[number];

/** A piece of a template. An optional one, in brackets, is left out where one of its placeholders has nothing. */
export type NamePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly name: NamePlaceholder }
  | { readonly kind: 'optional'; readonly pieces: readonly NamePiece[] };

/** The place of a recording below their folder, folder by folder; the last is the file's name without its ending. */
export type RecordingNames = readonly (readonly NamePiece[])[];

/** The form that Jellyfin, Plex and Kodi take for a show with an episode of that day. */
export const USUAL_NAMES = 'Shows/{title}/Season {year}/{title} - {date} {time} - {channel}';
const LONGEST = 300;
const MOST_FOLDERS = 8;

/**
 * Reads a template such as `{title}/{date}[ - {subtitle}]`.
 * @returns null for an unknown placeholder, a brace or bracket without its partner, an empty part, or a file's name without any
 * placeholder.
 */
export function parseRecordingNames(template: string): RecordingNames | null {
  const parts = template.trim().split('/');
  if (template.length > LONGEST || parts.length > MOST_FOLDERS) return null;
  const names = parts.map((part) =>
    part.trim() === '' || /^\.+$/.test(part.trim()) ? null : readPart(part),
  );
  if (!names.every((pieces) => pieces !== null)) return null;
  return names.at(-1)?.some(({ kind }) => kind === 'placeholder') ? names : null;
}

function readPart(part: string): NamePiece[] | null {
  const pieces: NamePiece[] = [];
  for (const [whole, optional] of part.matchAll(/\[([^[\]]*)\]|[^[\]]+|[[\]]/g)) {
    const read = whole === '[' || whole === ']' ? null : readPlain(optional ?? whole);
    if (!read) return null;
    if (optional === undefined) pieces.push(...read);
    else pieces.push({ kind: 'optional', pieces: read });
  }
  return pieces;
}

function readPlain(text: string): NamePiece[] | null {
  const pieces: NamePiece[] = [];
  for (const [whole, given] of text.matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (given === undefined && (whole === '{' || whole === '}')) return null;
    const name = namePlaceholders.find((each) => each === given?.trim().toLowerCase());
    if (given === undefined) pieces.push({ kind: 'text', text: whole });
    else if (name) pieces.push({ kind: 'placeholder', name });
    else return null;
  }
  return pieces;
}
