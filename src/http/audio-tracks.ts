import { z } from 'zod';
import type { Language } from '../domain/actor.ts';
import type { AudioTrack } from '../domain/audio-track.ts';
import { audioNames } from '../words/audio-names.ts';

export const audioTrackSchema = z.object({
  id: z.number(),
  name: z.string().describe('As people read it'),
  language: z.string().nullable().describe('By its shortest ISO 639 code; qaa is the original version'),
  description: z.boolean().describe('Audio description'),
});

export function toTracksJson(
  tracks: readonly AudioTrack[],
  reader: Language,
): z.infer<typeof audioTrackSchema>[] {
  const names = audioNames(tracks, reader);
  return tracks.map(({ id, language, isDescription }, at) => ({
    id,
    name: names[at] ?? '',
    language,
    description: isDescription,
  }));
}
