/** Shown in a frame of another page (`?embed=1`): only the picture, what changes on it, and the way to the sound. */
export const isEmbedded = new URLSearchParams(location.search).get('embed') === '1';
