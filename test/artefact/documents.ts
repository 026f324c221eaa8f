import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { registry } from '../../src/commands/registry.ts';
import { addressesInMarkdown, type Printed } from './printed-addresses.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The addresses to start from: those that the documents print, those of the API without parameters, and the pages. */
export async function printedAddresses(base: string): Promise<Printed[]> {
  const isCommand = (name: string) => Object.hasOwn(registry, name);
  const documents = await readdir(`${root}docs`);
  const files = [
    'README.md',
    ...documents.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
  ];
  const printed = files.map(async (from) =>
    addressesInMarkdown(await readFile(root + from, 'utf8'), { base, from, isCommand }),
  );
  const own = ['/', '/watch', '/live.m3u8', '/live.ts', '/api/info', '/docs'];
  return [
    ...own.map((path) => ({ url: base + path, from: 'the server' })),
    ...(await Promise.all(printed)).flat(),
    ...(await apiAddresses(base)),
  ];
}

async function apiAddresses(base: string): Promise<Printed[]> {
  const response = await fetch(`${base}/docs/json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths)
    .filter(([path, methods]) => !path.includes('{') && 'get' in methods)
    .map(([path]) => ({ url: base + path, from: '/docs/json' }));
}
