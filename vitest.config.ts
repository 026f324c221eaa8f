import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

// Servers and worker threads that tests start load their modules from here.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/zapette/compiled', import.meta.url),
);

/** Tests beside unit tests that run FFmpeg; all of test/app, test/demo and test/recordings does, or starts whole servers. */
const withFfmpeg = [
  'screen/channel-changes',
  'screen/channel-feed',
  'ffmpeg/args',
  'health/health-watch',
  'mpeg-ts/packets',
  'rendition/picture-encoder',
  'segments/segmenter',
  'screen/slate',
  'tuner/source-reader',
  'segments/timeline',
  'segments/saved-window',
  'segments/ring/thumbnails',
].map((name) => `test/stream/${name}.test.ts`);
const media = [
  'test/app/**/*.test.ts',
  'test/demo/**/*.test.ts',
  'test/recordings/**/*.test.ts',
  ...withFfmpeg,
];
const server = ['actions', 'bots', 'commands', 'http', 'outputs'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
const fakes = ['test/fakes/**/*.test.ts'];
const system = ['test/system/**/*.test.ts'];
const e2e = ['test/e2e/**/*.test.ts'];
/** Pages field by field, in every way and accessible, which other browser tests pass through once. */
const details = [
  ...['access', 'account', 'audio', 'bundle', 'invite', 'pages', 'recordings', 'recording-page'],
  ...['screens', 'server-tab', 'several-screens', 'ways-out', 'edges', 'quality'],
  ...['favourites-details', 'new-owner-ways', 'rewind-details', 'viewer-details'],
  ...['setup-page*'],
].map((name) => `test/e2e/${name}.test.ts`);
const players = ['test/e2e/immortal.test.ts'];

/** Where a file leaves nothing behind for the next one, modules such as discord.js are loaded once for all. */
const shared = { isolate: false } as const;

/** Tests with a browser. */
const browsers = {
  globalSetup: ['test/e2e/build-pages.ts'],
  testTimeout: 60_000,
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
};

/**
 * `npm test` leaves out system, which starts whole servers with chats and providers, e2e and players, which drive browsers and
 * players, and fakes, which tests the test servers of the chats.
 */
export default defineConfig({
  test: {
    testTimeout: 15_000,
    hookTimeout: 30_000,
    // A machine that does other things meanwhile is no failure: the default of a second is too little there.
    expect: { poll: { timeout: 10_000 } },
    restoreMocks: true,
    // Files wait for FFmpegs, other processes and times of the services for a good part: two more than there are cores
    // keep these busy.
    maxWorkers: availableParallelism() + 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...server, ...media, ...fakes, ...system, ...e2e],
          ...shared,
        },
      },
      { extends: true, test: { name: 'server', include: server, ...shared } },
      { extends: true, test: { name: 'media', include: media } },
      { extends: true, test: { name: 'system', include: system } },
      // After the others: browsers that play video need the cores.
      {
        extends: true,
        test: {
          ...browsers,
          name: 'e2e',
          include: e2e,
          exclude: [...configDefaults.exclude, ...details, ...players],
        },
      },
      { extends: true, test: { ...browsers, name: 'details', include: details } },
      // Alone: whether players play on is told by the second.
      {
        extends: true,
        test: { name: 'players', include: players, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
      { extends: true, test: { name: 'fakes', include: fakes, ...shared } },
    ],
  },
});
