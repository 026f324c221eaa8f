import { join, resolve } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { Clips } from '../recordings/clips/clips.ts';
import type { Part } from './lifecycle.ts';

export interface ClipsPartOptions {
  readonly dataDir: string;
  readonly ffmpegPath: string;
  readonly share: () => Promise<number>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Where clips are kept. */
export function clipsFolder(dataDir: string): string {
  return join(resolve(dataDir), 'clips');
}

/** Clips of what screens have shown, in a folder of DATA_DIR. */
export function createClips({ dataDir, ...options }: ClipsPartOptions): Part<Clips> {
  const clips = new Clips({ folder: clipsFolder(dataDir), ...options });
  return { api: clips, start: () => clips.tidy(), stop: async () => clips.stop() };
}
