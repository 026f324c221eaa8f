import type { AudioTrack } from '../domain/audio-track.ts';

/**
 * Which of a channel's sounds the shared screen has, since all hear the same: what somebody has chosen for that
 * channel, else what the settings prefer.
 */
export class AudioChoices {
  /** Languages, best first. */
  readonly #preferred: readonly string[];
  /** Ids of tracks, by channel. */
  readonly #chosen: Map<number, number>;

  constructor(preferred: readonly string[], before: Iterable<readonly [number, number]> = []) {
    this.#preferred = preferred;
    this.#chosen = new Map(before);
  }

  /** All that was chosen, to be remembered: ids of channels and of their tracks. */
  get all(): [number, number][] {
    return [...this.#chosen];
  }

  /** From the channel's next opening on. The returned function takes it back. */
  choose(channelId: number, trackId: number): () => void {
    const before = this.#chosen.get(channelId);
    this.#chosen.set(channelId, trackId);
    return () => {
      if (before === undefined) this.#chosen.delete(channelId);
      else this.#chosen.set(channelId, before);
    };
  }

  /** Null only where there is no track. A description of the pictures is taken where nothing else is understood. */
  pick(channelId: number, tracks: readonly AudioTrack[]): AudioTrack | null {
    const chosen = tracks.find(({ id }) => id === this.#chosen.get(channelId));
    const plain = tracks.filter(({ isDescription }) => !isDescription);
    return chosen ?? this.#bestOf(plain) ?? this.#bestOf(tracks) ?? plain[0] ?? tracks[0] ?? null;
  }

  #bestOf(tracks: readonly AudioTrack[]): AudioTrack | undefined {
    for (const preferred of this.#preferred) {
      const track = tracks.find(({ language }) => language === preferred);
      if (track) return track;
    }
    return undefined;
  }
}
