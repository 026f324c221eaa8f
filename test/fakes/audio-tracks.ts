import type { AudioTrack } from '../../src/domain/audio-track.ts';

/** The audio tracks of a French channel that shows a foreign film. */
export const french: AudioTrack = { id: 0x101, language: 'fr', isDescription: false, codec: 'aac' };
export const original: AudioTrack = { ...french, id: 0x102, language: 'qaa' };
export const described: AudioTrack = { ...french, id: 0x103, isDescription: true };
