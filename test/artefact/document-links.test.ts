import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Links of a document that lead nowhere: to a file that is not there, or to a heading that its document does not have. */
async function deadLinks(path: string): Promise<string[]> {
  const links = [...withoutCode(await readFile(path, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, link = '']) => link,
  );
  const dead = links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => isDead(link, path));
  return (await Promise.all(dead)).flat();
}

async function isDead(link: string, from: string): Promise<string[]> {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? from : resolve(dirname(from), file);
  if (!existsSync(target)) return [link];
  if (heading === undefined) return [];
  return headings(await readFile(target, 'utf8')).includes(heading) ? [] : [link];
}

/** The anchors that GitHub gives to a document's headings. */
function headings(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^ *```.*?^ *```/gms, '');
}

/** Files of deploy/ that a document names. */
async function namedFiles(path: string): Promise<string[]> {
  const named = (await readFile(path, 'utf8')).matchAll(/\bdeploy[/\\]([\w-]+(?:\.\w+)?)/g);
  return [...named].map(([, file = '']) => join(root, 'deploy', file));
}

const documents = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'].map((file) => join(root, file)),
  ...(await readdir(join(root, 'docs')))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(root, 'docs', file)),
];

describe('the documents', () => {
  it.each(documents)('link to what is there: %s', async (path) => {
    expect(await deadLinks(path)).toEqual([]);
  });

  it.each(documents)('name files of deploy/ that are there: %s', async (path) => {
    expect((await namedFiles(path)).filter((file) => !existsSync(file))).toEqual([]);
  });
});
