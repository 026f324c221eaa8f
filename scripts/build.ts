/**
 * Builds dist/, the JavaScript that the package, the image and a pruned checkout run, from src/, since Node does not strip
 * types below node_modules. Types become blanks, so that lines and columns match the source; nothing is bundled.
 * dist/ is beside src/ with the same layout, so that relative paths hold. Vite builds the pages in dist/web.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const src = join(root, 'src');
const dist = join(root, 'dist');

/** Matches a relative path to a module, in an import or in a worker's address. */
const modulePath = /(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g;
/** Matches the paths by which files name each other. */
const references = [
  /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g,
  /\bnew URL\(\s*['"]([^'"\n]+)['"],\s*import\.meta\.url/g,
];

await mkdir(dist, { recursive: true });
for (const name of await readdir(dist)) {
  if (name !== 'web') await rm(join(dist, name), { recursive: true });
}
const built: string[] = [];
for (const entry of await readdir(src, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  const path = relative(src, file);
  if (!entry.isFile() || /^web[\\/]/.test(path)) continue;
  const target = join(dist, path.replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  if (!path.endsWith('.ts')) {
    await copyFile(file, target);
    continue;
  }
  const code = stripTypeScriptTypes(await readFile(file, 'utf8'));
  await writeFile(target, code.replace(modulePath, '$1$2.js$1'));
  built.push(target);
}

const missing: string[] = [];
for (const file of built) {
  const code = await readFile(file, 'utf8');
  for (const [, path = ''] of references.flatMap((pattern) => [...code.matchAll(pattern)])) {
    const target = resolve(dirname(file), path);
    if (!existsSync(target) || target.endsWith('.ts')) missing.push(`${relative(root, file)}: ${path}`);
  }
}
if (missing.length > 0) throw new Error(`dist/ names files that are not there:\n${missing.join('\n')}`);
console.log(`${built.length} modules in dist/`);
