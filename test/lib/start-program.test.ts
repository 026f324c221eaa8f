import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { environmentOf, startProgram } from '../../src/lib/start-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the environment of a child program', () => {
  it('contains only the variables that FFmpeg, its libraries and its drivers need', () => {
    const needed = {
      PATH: '/bin',
      HOME: '/root',
      SystemRoot: 'C:\\Windows',
      TEMP: 'a',
      TMP: 'b',
      TMPDIR: 'c',
      LD_LIBRARY_PATH: '/lib',
      LIBVA_DRIVER_NAME: 'iHD',
      CUDA_VISIBLE_DEVICES: '0',
      NVIDIA_DRIVER_CAPABILITIES: 'video',
    };
    const secrets = {
      XTREAM_URL: 'x',
      XTREAM_PASSWORD: 'x',
      ADMIN_TOKEN: 'x',
      DISCORD_TOKEN: 'x',
      TELEGRAM_TOKEN: 'x',
      ...{
        AWS_SECRET_ACCESS_KEY: 'x',
        NODE_OPTIONS: 'x',
        LD_PRELOAD: 'x',
        path: 'x',
        MY_PATH: 'x',
        PATHS: 'x',
      },
    };
    expect(environmentOf({ ...secrets, ...needed }, 'linux')).toEqual(needed);
  });

  it('ignores the case of names on Windows', () => {
    const env = { Path: 'C:\\', SYSTEMROOT: 'C:\\Windows', temp: 'a', Libva_x: 'b', admin_token: 'x' };
    expect(environmentOf(env, 'win32')).toEqual({
      Path: 'C:\\',
      SYSTEMROOT: 'C:\\Windows',
      temp: 'a',
      Libva_x: 'b',
    });
  });

  it('has no other variables in a started program', async () => {
    // The test's own environment has more: vitest sets some.
    expect(process.env.VITEST).toBeDefined();
    const names = 'console.log(JSON.stringify(Object.keys(process.env)))';
    const { stdout } = await startProgram(process.execPath, ['-e', names]);
    expect(JSON.parse(stdout)).toContain('PATH');
    expect(JSON.parse(stdout).filter((name: string) => !(name in environmentOf(process.env)))).toEqual([]);
  });

  it('is used by every start of a program in src', async () => {
    const files = await Promise.all(
      ['src', 'bin'].map(async (folder) =>
        (await readdir(join(root, folder), { recursive: true })).map((file) => join(folder, file)),
      ),
    );
    const starters: string[] = [];
    for (const file of files.flat().filter((name) => /\.[jt]sx?$/.test(name))) {
      const text = await readFile(join(root, file), 'utf8');
      if (/['"](?:execa|(?:node:)?child_process|(?:node:)?cluster)['"]/.test(text))
        starters.push(file.replaceAll('\\', '/'));
    }
    // bin/ and start-anew.ts start the server itself, with all its settings; bin/ also starts ps, with PATH only.
    expect(starters.sort()).toEqual([
      'bin/hand-over.js',
      'bin/npm-parent.js',
      'src/lib/start-program.ts',
      'src/start-anew.ts',
    ]);
  });
});
