import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    // Most of the time goes by in browsers and FFmpegs that are waited for; the default leaves a core idle.
    maxWorkers: '100%',
  },
});
