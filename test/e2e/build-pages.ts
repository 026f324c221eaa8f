import { execa } from 'execa';

/** Builds the pages once before the browser tests, since those of the last `npm ci` may be outdated. */
export default async function buildPages(): Promise<void> {
  await execa('vite', ['build', '--logLevel', 'warn'], {
    preferLocal: true,
    env: { NODE_ENV: 'production' },
  });
}
