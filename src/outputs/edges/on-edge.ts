import type { Clock } from '../../lib/clock.ts';
import type { PlaylistForm } from '../../stream/segments/playlist-text.ts';
import type { EdgePrefix } from './edge-prefix.ts';
import type { Edges } from './edges.ts';

/**
 * A playlist's form with the segments on the viewer's edge, or as it is where they come from home.
 * @param folder as of edgeFolder. @param viewer tells who asks
 */
export type OnEdge = (form: PlaylistForm, folder: string | null, viewer: string) => PlaylistForm;

/** The forms of all edges. A playlist keeps its text by the form, so a form is made once. */
export function onEdge(edges: Pick<Edges, 'edgeOf'>, prefix: EdgePrefix): OnEdge {
  const made = new WeakMap<PlaylistForm, Map<string, PlaylistForm>>();
  return (form, folder, viewer) => {
    const edge = folder === null ? null : edges.edgeOf(viewer);
    if (folder === null || edge === null) return form;
    const known = made.get(form) ?? new Map<string, PlaylistForm>();
    made.set(form, known);
    const key = `${edge} ${folder}`;
    const there = known.get(key) ?? {
      ...form,
      uri: (segment) => `${edge}${prefix.segmentPath(folder, segment)}`,
    };
    known.set(key, there);
    return there;
  };
}

/**
 * The folder of a picture's playlists on the viewer's edge, with a slash at its end; null where they come from home.
 * @param folder as of edgeFolder
 */
export type EdgePlaylists = (folder: string | null, viewer: string) => string | null;

export interface EdgePlaylistsOptions {
  readonly edges: Pick<Edges, 'edgeOf'>;
  readonly prefix: Pick<EdgePrefix, 'lasting'>;
  /** Whether edges may keep playlists, and tell home who has them. */
  readonly isOn: () => boolean;
  readonly clock: Pick<Clock, 'now'>;
}

/** The addresses of playlists that players get in place of home's, for as long as a month. */
export function edgePlaylists({ edges, prefix, isOn, clock }: EdgePlaylistsOptions): EdgePlaylists {
  return (folder, viewer) => {
    const edge = isOn() ? edges.edgeOf(viewer) : null;
    return edge === null ? null : playlistsOnEdge(edge, prefix.lasting(clock.now()), folder);
  };
}

/**
 * The folder of a picture's playlists on an edge, with a slash at its end; null for a picture that is at home only, and where the
 * edge's address has a path, since segments in these playlists are addressed from the edge's root.
 * @param folder as of edgeFolder
 */
export function playlistsOnEdge(edge: string, prefix: string, folder: string | null): string | null {
  return folder !== null && new URL(edge).pathname === '/' ? `${edge}${prefix}/${folder}/` : null;
}
