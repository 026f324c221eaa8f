/**
 * Checks which folder of src/ imports which, who knows the addresses of sources, and that no file imports itself over
 * others, types included. Part of `npm run lint`; prints each import that is not in the table and ends with 1.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What each folder may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  lib: [],
  config: ['domain', 'lib'],
  store: ['domain', 'lib'],
  xtream: ['domain', 'lib'],
  m3u: ['domain', 'lib'],
  demo: ['domain', 'lib'],
  accounts: ['domain', 'lib'],
  stream: ['accounts', 'domain', 'lib'],
  access: ['store', 'domain', 'lib'],
  catalogue: ['store', 'domain', 'lib'],
  recordings: ['stream', 'accounts', 'catalogue', 'store', 'domain', 'lib'],
  words: ['domain', 'lib'],
  bundle: ['access', 'store', 'domain', 'lib'],
  actions: ['bundle', 'recordings', 'catalogue', 'stream', 'accounts', 'access', 'store', 'domain', 'lib'],
  doctor: ['words', 'catalogue', 'stream', 'accounts', 'access', 'store', 'domain', 'lib'],
  commands: [
    'actions',
    'doctor',
    'recordings',
    'words',
    'catalogue',
    'stream',
    'accounts',
    'access',
    'store',
    'domain',
    'lib',
  ],
  bots: ['commands', 'words', 'access', 'domain', 'lib'],
  outputs: ['words', 'catalogue', 'stream', 'accounts', 'access', 'domain', 'lib'],
  metrics: ['outputs', 'stream', 'domain', 'lib'],
  http: [
    'actions',
    'bundle',
    'doctor',
    'metrics',
    'outputs',
    'recordings',
    'words',
    'stream',
    'accounts',
    'catalogue',
    'access',
    'store',
    'domain',
    'lib',
  ],
  web: ['domain'],
  // The entry and the composition.
  app: ['*'],
  cli: ['*'],
  '': ['*'],
};

/** Inside stream/, where order matters as much: each folder stands on those that it names. */
const mayImportInStream: Readonly<Record<string, readonly string[]>> = {
  'mpeg-ts': [],
  normaliser: ['mpeg-ts'],
  segments: ['mpeg-ts'],
  ffmpeg: ['normaliser', 'mpeg-ts'],
  tuner: ['normaliser', 'ffmpeg', 'mpeg-ts'],
  rendition: ['segments', 'normaliser', 'ffmpeg', 'mpeg-ts'],
  screen: ['rendition', 'tuner', 'ffmpeg', 'segments', 'normaliser', 'mpeg-ts'],
  health: ['screen', 'tuner', 'ffmpeg', 'segments', 'mpeg-ts'],
  // relay.ts
  '': ['*'],
};

/** Files with secrets, and the only folders that may import them: everything above names a channel by its id. */
const onlyFor: Readonly<Record<string, readonly string[]>> = {
  'domain/source.ts': ['domain', 'accounts', 'stream/tuner', 'xtream', 'm3u', 'demo'],
};

const root = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

const faults = [...forbidden(), ...cycles()];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${files.length} files, every import in its layer, no cycle`);

/** The files of src/ that a file imports, as paths from src/. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const named = text.matchAll(
    /^(?:import|export)\b[^;]*?from '(\.[^']+)';|\bimport\('(\.[^']+)'\)|^import '(\.[^']+)';/gm,
  );
  return [...named].map(([, from, dynamic, bare]) =>
    posix.join(posix.dirname(file), (from ?? dynamic ?? bare) as string).replace(/[?#].*$/, ''),
  );
}

function* forbidden(): Generator<string> {
  for (const [file, targets] of imports) {
    for (const target of targets) {
      if (!isAllowed(mayImport, folderOf(file), folderOf(target)))
        yield `src/${file} may not import ${target}`;
      if (onlyFor[target]?.includes(posix.dirname(file)) === false)
        yield `src/${file} may not import ${target}, which holds the account`;
      if (!file.startsWith('stream/') || !target.startsWith('stream/')) continue;
      const [from, to] = [file, target].map((each) => folderOf(each.slice('stream/'.length))) as [
        string,
        string,
      ];
      if (!isAllowed(mayImportInStream, from, to)) yield `src/${file} may not import ${target}`;
    }
  }
}

function isAllowed(table: typeof mayImport, from: string, to: string): boolean {
  const allowed = table[from];
  return from === to || allowed?.includes('*') === true || allowed?.includes(to) === true;
}

function folderOf(file: string): string {
  const folder = dirname(file).split('/')[0] ?? '';
  return folder === '.' ? '' : folder;
}

/** Each file that comes back to itself, with the way. */
function* cycles(): Generator<string> {
  const done = new Set<string>();
  const way: string[] = [];
  function* visit(file: string): Generator<string> {
    const at = way.indexOf(file);
    if (at >= 0) yield `import cycle: ${[...way.slice(at), file].join(' -> ')}`;
    if (at >= 0 || done.has(file)) return;
    way.push(file);
    for (const target of imports.get(file) ?? []) yield* visit(target);
    way.pop();
    done.add(file);
  }
  for (const file of files) yield* visit(file);
}
