/**
 * How sound is coded. `aac lc 48000 stereo`: just as we deliver it; `aac`: of another kind, or not known yet; `mpeg`: layer
 * I, II or III; `other`: FFmpeg may know it.
 */
export type AudioCodec = 'aac' | 'aac lc 48000 stereo' | 'latm' | 'mpeg' | 'ac3' | 'eac3' | 'other';

/** One of a channel's sounds. */
export interface AudioTrack {
  /** Its packet identifier (PID) in what the tuner delivers: fixed when the track is first seen. */
  readonly id: number;
  /** By its shortest ISO 639 code (`fr`, `gsw`); `qaa`: the original version; null: not said. */
  readonly language: string | null;
  /** Pictures are described in it, for those who do not see them. */
  readonly isDescription: boolean;
  readonly codec: AudioCodec;
}

/** What there is to hear, and which of it is heard; null and none where that is not known. */
export interface Sound {
  readonly tracks: readonly AudioTrack[];
  readonly track: AudioTrack | null;
}

/** Reserved in ISO 639 for local use; in DVB it is the original version, whatever its language. */
export const ORIGINAL = 'qaa';
/** Others say "several languages" for it; and whoever writes `vo` means it, rather than Volapük. */
const originals: ReadonlySet<string> = new Set([ORIGINAL, 'mul', 'vo']);
/** Undetermined, none, uncoded. */
const unsaid: ReadonlySet<string> = new Set(['und', 'zxx', 'mis']);

/** The shortest code of a language, of the two or three that each has: `fr` of `fr`, `fra` and `fre`; null where it says none. */
export function toLanguage(code: string): string | null {
  if (!/^[a-z]{2,3}$/i.test(code) || unsaid.has(code.toLowerCase())) return null;
  const { language } = new Intl.Locale(code);
  return originals.has(language) ? ORIGINAL : language;
}

/** What a language is called in another, as it stands in a sentence; null where nobody knows. */
export function nameOfLanguage(language: string, reader: string): string | null {
  return new Intl.DisplayNames(reader, { type: 'language', fallback: 'none' }).of(language) ?? null;
}
