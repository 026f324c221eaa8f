import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';

/** A font for FFmpeg, which runs in `folder` and is given `file`, so that no path needs escaping in a filter. */
export interface Font {
  readonly folder: string;
  readonly file: string;
}

const require = createRequire(import.meta.url);

/** Finds the font of an npm package, since servers and Windows may have none that FFmpeg finds; null if the package is not installed. */
export function findFont(): Font | null {
  try {
    const path = require.resolve('@expo-google-fonts/archivo-black/400Regular/ArchivoBlack_400Regular.ttf');
    return { folder: dirname(path), file: basename(path) };
  } catch {
    return null;
  }
}
