import type { PlaylistForm } from '../../stream/segments/playlist-text.ts';
import type { EdgePrefix } from './edge-prefix.ts';
import type { Edges } from './edges.ts';

/**
 * A playlist's form with the segments on the viewer's edge, or as it is where they come from home.
 * @param folder the screen's id, or that of its lower rendition below it. @param viewer tells who asks
 */
export type OnEdge = (form: PlaylistForm, folder: string, viewer: string) => PlaylistForm;

/** The forms of all edges. A playlist keeps its text by the form, so a form is made once. */
export function onEdge(edges: Pick<Edges, 'edgeOf'>, prefix: EdgePrefix): OnEdge {
  const made = new WeakMap<PlaylistForm, Map<string, PlaylistForm>>();
  return (form, folder, viewer) => {
    const edge = edges.edgeOf(viewer);
    if (edge === null) return form;
    const known = made.get(form) ?? new Map<string, PlaylistForm>();
    made.set(form, known);
    const key = `${edge} ${folder}`;
    const there = known.get(key) ?? {
      ...form,
      uri: ({ sequence, programDateTime }) => `${edge}${prefix.at(programDateTime)}/${folder}/${sequence}.ts`,
    };
    known.set(key, there);
    return there;
  };
}
