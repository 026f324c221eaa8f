import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';

it('an installation without the development packages builds nothing, and says where the pages come from', async () => {
  const checkout = await mkdtemp(join(tmpdir(), 'zapette-prepare-'));
  const script = join(checkout, 'prepare.mjs');
  await cp(fileURLToPath(new URL('../../scripts/prepare.js', import.meta.url)), script);
  const { stdout } = await execa(process.execPath, [script], { cwd: checkout });
  await rm(checkout, { recursive: true });
  expect(stdout).toMatch(/nothing is built.*\n.*npm package.*Docker image.*npm ci/);
});
