import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';

/** A font as FFmpeg is given it: run in the folder, name the file, so that no path needs escaping in a filter. */
export interface Font {
  readonly folder: string;
  readonly file: string;
}

const require = createRequire(import.meta.url);

/** The font that an npm package ships, since neither a server nor Windows is sure to have one that FFmpeg finds; null where it is not installed. */
export function findFont(): Font | null {
  try {
    const path = require.resolve('@expo-google-fonts/archivo-black/400Regular/ArchivoBlack_400Regular.ttf');
    return { folder: dirname(path), file: basename(path) };
  } catch {
    return null;
  }
}
