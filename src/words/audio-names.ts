import type { Language } from '../domain/actor.ts';
import { type AudioTrack, nameOfLanguage, ORIGINAL } from '../domain/audio-track.ts';
import { messagesIn } from './messages-in.ts';

/** The names of a channel's audio tracks, in their order; no two are the same. */
export function audioNames(tracks: readonly AudioTrack[], reader: Language): string[] {
  const seen = new Map<string, number>();
  return tracks.map((track, at) => {
    const name = nameOf(track, at, reader);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

/** What the audit log calls a track. */
export function auditNameOf(tracks: readonly AudioTrack[], trackId: number): string {
  return audioNames(tracks, 'en')[tracks.findIndex(({ id }) => id === trackId)] ?? '';
}

function nameOf({ language, isDescription }: AudioTrack, at: number, reader: Language): string {
  const { sound } = messagesIn(reader);
  const spoken = language === ORIGINAL ? sound.original : language && nameOfLanguage(language, reader);
  if (!spoken) return isDescription ? sound.description : (language ?? sound.track(at + 1));
  const name = `${spoken.charAt(0).toUpperCase()}${spoken.slice(1)}`;
  return isDescription ? `${name} (${sound.description.toLowerCase()})` : name;
}
