/**
 * The codec of a track. `aac lc 48000 stereo`: exactly what we deliver · `aac`: another profile, or one that is not known
 * yet · `mpeg`: layer I, II or III · `other`: a codec that FFmpeg may know.
 */
export type AudioCodec = 'aac' | 'aac lc 48000 stereo' | 'latm' | 'mpeg' | 'ac3' | 'eac3' | 'other';

/** One audio track of a channel. */
export interface AudioTrack {
  /** The packet identifier (PID) in the tuner's output, fixed when the track is first seen; of a recording, its number from 1. */
  readonly id: number;
  /** The shortest ISO 639 code (`fr`, `gsw`); `qaa` for the original version; null if the source does not tell. */
  readonly language: string | null;
  /** True for audio description, made for blind viewers. */
  readonly isDescription: boolean;
  readonly codec: AudioCodec;
}

/** The audio tracks of the current channel and the one on air; empty and null while they are not known. */
export interface Sound {
  readonly tracks: readonly AudioTrack[];
  readonly track: AudioTrack | null;
}

/** Reserved in ISO 639 for local use; DVB uses it for the original version, whatever its language. */
export const ORIGINAL = 'qaa';
/** Some providers write "several languages" (`mul`) for the original version, and `vo` means it too, rather than Volapük. */
const originals: ReadonlySet<string> = new Set([ORIGINAL, 'mul', 'vo']);
/** Language codes that some providers use for audio description. */
const descriptions: ReadonlySet<string> = new Set(['qad', 'nar']);
/** ISO 639 codes for undetermined, no linguistic content and uncoded. */
const unsaid: ReadonlySet<string> = new Set(['und', 'zxx', 'mis']);

/** The shortest of the codes that a language has: `fr` for `fr`, `fra` and `fre`; null for a code that names no language. */
export function toLanguage(code: string): string | null {
  if (!/^[a-z]{2,3}$/i.test(code) || unsaid.has(code.toLowerCase())) return null;
  const { language } = new Intl.Locale(code);
  return originals.has(language) ? ORIGINAL : language;
}

/** What the language code of a track says. */
export function spokenIn(code: string): Pick<AudioTrack, 'language' | 'isDescription'> {
  const isDescription = descriptions.has(code.toLowerCase());
  return { language: isDescription ? null : toLanguage(code), isDescription };
}

/** The name of a language in the reader's language, as it stands within a sentence; null if it has none. */
export function nameOfLanguage(language: string, reader: string): string | null {
  return new Intl.DisplayNames(reader, { type: 'language', fallback: 'none' }).of(language) ?? null;
}
