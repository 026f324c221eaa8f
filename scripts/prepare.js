// npm runs this after every `npm ci`, even without the development packages, when nothing can be built.
import { spawnSync } from 'node:child_process';

try {
  import.meta.resolve('vite');
} catch {
  process.stdout.write(
    [
      'Zapette: nothing is built, since the development packages are not installed. The pages and the server in dist/',
      'come with the npm package and the Docker image. In a checkout: npm ci && npm prune --omit=dev',
      '',
    ].join('\n'),
  );
  process.exit(0);
}
const { status } = spawnSync('npm run build', { stdio: 'inherit', shell: true });
process.exit(status ?? 1);
