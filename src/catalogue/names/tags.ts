/** The qualities that a name can tell, from the lowest to the highest. */
export const qualities = ['SD', 'HD', 'FHD', 'UHD'] as const;
export type Quality = (typeof qualities)[number];
export type Codec = 'H264' | 'HEVC' | 'AV1';

/** The meaning of a word after or before the name. */
export interface Tag {
  readonly quality?: Quality;
  readonly codec?: Codec;
  /** `backup`: a second feed of the channel · `raw`: a feed that was not compressed again. */
  readonly kind?: 'backup' | 'raw';
}

const words: readonly [string, Tag][] = [
  ['sd|lq|low|576[pi]?|480[pi]?|360p', { quality: 'SD' }],
  ['hd|hq|720[pi]?|hd ?ready', { quality: 'HD' }],
  ['fhd|full ?hd|1080[pi]?|hd\\+', { quality: 'FHD' }],
  ['uhd|qhd|ultrahd|[48]k|2160[pi]?|3840p|4320p', { quality: 'UHD' }],
  ['hevc|[hx][ .]?265', { codec: 'HEVC' }],
  ['avc|[hx][ .]?264', { codec: 'H264' }],
  ['av1', { codec: 'AV1' }],
  ['raw', { kind: 'raw' }],
  ['backup|back-?up|bkp|bckp|bk', { kind: 'backup' }],
  ['hdr(?:10\\+?)?|dolby(?: vision| atmos)?|dv|(?:24|25|30|50|60) ?fps|vip|stereo|multi ?audio', {}],
];

const WORD = words.map(([pattern]) => pattern).join('|');
const exact = words.map(([pattern, tag]) => [new RegExp(`^(?:${pattern})$`, 'i'), tag] as const);
const AT_END = new RegExp(`(?:^|[\\s|([{<:;,._–—-])(${WORD})\\s*[)\\]}>|]*$`, 'i');
const IN_BRACKETS = new RegExp(`[([{]\\s*(${WORD})\\s*[)\\]}]`, 'i');
/** A tag before a bracket at the end, as in "HBO 2 HD (EAST)". */
const BEFORE_BRACKET = new RegExp(`\\s(${WORD})(?=\\s+[([][^)\\]]*[)\\]]$)`, 'i');
const GLUED = /^(.*?[a-z0-9])(fhd|uhd|hevc|hd|sd|4k|8k)$/;

/** The meaning of a word such as "fhd", "H.265" or "backup"; null for any other word. */
export function tagOf(word: string): Tag | null {
  for (const [pattern, tag] of exact) {
    if (pattern.test(word)) return tag;
  }
  return null;
}

/** Removes the last tag, or one in brackets: "TF1 [HD] RAW" becomes "TF1 [HD]" and raw. Null if there is none. */
export function takeTag(text: string): { readonly rest: string; readonly tag: Tag } | null {
  const match = AT_END.exec(text) ?? IN_BRACKETS.exec(text) ?? BEFORE_BRACKET.exec(text);
  const tag = tagOf(match?.[1] ?? '');
  if (!match || !tag) return null;
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  // A channel may be called "4K", so the rest must not be empty.
  return /[\p{L}\p{N}]/u.test(rest) ? { rest: rest.trim(), tag } : null;
}

/** Removes a tag without a space before it: "tf1hd" becomes "tf1"; null if there is none. */
export function withoutGluedTag(words: string): { readonly rest: string; readonly tag: Tag } | null {
  const match = GLUED.exec(words);
  const tag = tagOf(match?.[2] ?? '');
  return match?.[1] && tag ? { rest: match[1].trim(), tag } : null;
}
