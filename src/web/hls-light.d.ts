/** The light build (no alternative audio, subtitles, DRM) ships no types of its own; its API is a part of the full one. */
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
