import type { AudioTrack } from '../../domain/audio-track.ts';

/** A track that somebody chose: its id, which tells its place, and what it was. */
export type ChosenTrack = Pick<AudioTrack, 'id' | 'language' | 'isDescription'>;

/**
 * Which of a channel's sounds the shared screen has, since all hear the same: what somebody has chosen for that
 * channel, else what the settings prefer.
 */
export class AudioChoices {
  /** Languages, best first. */
  readonly #preferred: readonly string[];
  readonly #chosen: Map<number, ChosenTrack>;
  /** What the channels had when they were last asked for. */
  readonly #tracks = new Map<number, readonly AudioTrack[]>();

  constructor(preferred: readonly string[], before: Iterable<readonly [number, ChosenTrack]> = []) {
    this.#preferred = preferred;
    this.#chosen = new Map(before);
  }

  /** All that was chosen, to be remembered, by the channels' ids. */
  get all(): [number, ChosenTrack][] {
    return [...this.#chosen];
  }

  /** From the channel's next opening on. The returned function takes it back. */
  choose(channelId: number, trackId: number): () => void {
    const before = this.#chosen.get(channelId);
    const track = this.#tracks.get(channelId)?.find(({ id }) => id === trackId);
    const { language = null, isDescription = false } = track ?? {};
    this.#chosen.set(channelId, { id: trackId, language, isDescription });
    return () => {
      if (before === undefined) this.#chosen.delete(channelId);
      else this.#chosen.set(channelId, before);
    };
  }

  /** Null only where there is no track. A description of the pictures is taken where nothing else is understood. */
  pick(channelId: number, tracks: readonly AudioTrack[]): AudioTrack | null {
    this.#tracks.set(channelId, tracks);
    const chosen = this.#find(this.#chosen.get(channelId), tracks);
    const plain = tracks.filter(({ isDescription }) => !isDescription);
    return chosen ?? this.#bestOf(plain) ?? this.#bestOf(tracks) ?? plain[0] ?? tracks[0] ?? null;
  }

  /** By language, since the provider may give it another place; by its place where it has none. */
  #find(chosen: ChosenTrack | undefined, tracks: readonly AudioTrack[]): AudioTrack | undefined {
    if (!chosen) return undefined;
    const alike = tracks.filter(
      ({ language, isDescription }) =>
        chosen.language === null || (language === chosen.language && isDescription === chosen.isDescription),
    );
    return alike.find(({ id }) => id === chosen.id) ?? (chosen.language === null ? undefined : alike[0]);
  }

  #bestOf(tracks: readonly AudioTrack[]): AudioTrack | undefined {
    for (const preferred of this.#preferred) {
      const track = tracks.find(({ language }) => language === preferred);
      if (track) return track;
    }
    return undefined;
  }
}
