import type { AudioTrack } from '../../domain/audio-track.ts';
import type { ChannelId } from '../../domain/ids.ts';

/** A track that somebody chose: its id, which is its place, with its language and kind. */
export type ChosenTrack = Pick<AudioTrack, 'id' | 'language' | 'isDescription'>;

/**
 * Picks a channel's audio track for everybody: the one that somebody has chosen for that channel, else the one that the
 * settings prefer.
 */
export class AudioChoices {
  /** Languages, best first. */
  readonly #preferred: () => readonly string[];
  readonly #chosen: Map<ChannelId, ChosenTrack>;
  /** Tracks of each channel at the last pick. */
  readonly #tracks = new Map<ChannelId, readonly AudioTrack[]>();

  constructor(preferred: () => readonly string[], before: Iterable<readonly [ChannelId, ChosenTrack]> = []) {
    this.#preferred = preferred;
    this.#chosen = new Map(before);
  }

  /** All choices by channel id, for the memory on disk. */
  get all(): [ChannelId, ChosenTrack][] {
    return [...this.#chosen];
  }

  /** Chooses a track from the channel's next opening on. The returned function undoes the choice. */
  choose(channelId: ChannelId, trackId: number): () => void {
    const before = this.#chosen.get(channelId);
    const track = this.#tracks.get(channelId)?.find(({ id }) => id === trackId);
    const { language = null, isDescription = false } = track ?? {};
    this.#chosen.set(channelId, { id: trackId, language, isDescription });
    return () => {
      if (before === undefined) this.#chosen.delete(channelId);
      else this.#chosen.set(channelId, before);
    };
  }

  /** Picks the track to hear; null if there is none. */
  pick(channelId: ChannelId, tracks: readonly AudioTrack[]): AudioTrack | null {
    this.#tracks.set(channelId, tracks);
    const chosen = this.#find(this.#chosen.get(channelId), tracks);
    return chosen ?? preferredTrack(tracks, this.#preferred());
  }

  /** Finds a chosen track by its language, since its place may change; by its place if it has no language. */
  #find(chosen: ChosenTrack | undefined, tracks: readonly AudioTrack[]): AudioTrack | undefined {
    if (!chosen) return undefined;
    const alike = tracks.filter(
      ({ language, isDescription }) =>
        chosen.language === null || (language === chosen.language && isDescription === chosen.isDescription),
    );
    return alike.find(({ id }) => id === chosen.id) ?? (chosen.language === null ? undefined : alike[0]);
  }
}

/**
 * The track in the best of some languages; null if there is no track. Audio description is taken only if no other track is
 * understood.
 */
export function preferredTrack(
  tracks: readonly AudioTrack[],
  languages: readonly string[],
): AudioTrack | null {
  const plain = tracks.filter(({ isDescription }) => !isDescription);
  return bestOf(plain, languages) ?? bestOf(tracks, languages) ?? plain[0] ?? tracks[0] ?? null;
}

function bestOf(tracks: readonly AudioTrack[], languages: readonly string[]): AudioTrack | undefined {
  for (const preferred of languages) {
    const track = tracks.find(({ language }) => language === preferred);
    if (track) return track;
  }
  return undefined;
}
