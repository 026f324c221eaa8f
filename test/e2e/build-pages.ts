import { execa } from 'execa';

/** Builds the pages once before browsers open them: those of the last `npm ci` may be of yesterday. */
export default async function buildPages(): Promise<void> {
  await execa('vite', ['build', '--logLevel', 'warn'], {
    preferLocal: true,
    env: { NODE_ENV: 'production' },
  });
}
