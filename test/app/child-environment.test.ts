import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { listenTo } from '../fakes/spoken-log.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const TOKEN = 'the-admin-token-of-tests';
const allowed = /^(?:PATH|SystemRoot|TEMP|TMP|TMPDIR|HOME|LD_LIBRARY_PATH|LIBVA_\w+|CUDA_\w+|NVIDIA_\w+)=/;

// By proc(5), which tells what a process was started with.
it.runIf(process.platform === 'linux')(
  'FFmpeg finds none of the settings in its environment, whatever it is started for',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zapette-environment-'));
    const seen = join(folder, 'seen');
    const ffmpeg = join(folder, 'ffmpeg');
    const script = `#!/bin/sh\n{ echo "args=$*"; tr '\\0' '\\n' < /proc/$$/environ; } >> ${seen}\nexec ffmpeg "$@"\n`;
    await writeFile(ffmpeg, script);
    await chmod(ffmpeg, 0o700);
    const server = execa(process.execPath, [MAIN], {
      cwd: folder,
      env: {
        ...{ DATA_DIR: join(folder, 'data'), PORT: '0', FFMPEG_PATH: ffmpeg },
        ...{ ADMIN_TOKEN: TOKEN, SOME_SECRET: 'hidden', LIBVA_DRIVER_NAME: 'iHD' },
      },
      reject: false,
      timeout: 40_000,
    });
    const url = await listenTo(server.stdout).url;
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const play = () =>
      fetch(`${url}/set_active_stream`, { method: 'POST', headers, body: '{"channel_id":901}' });
    await expect.poll(async () => (await play()).status, { timeout: 30_000 }).toBe(200);
    server.kill('SIGTERM');
    await server;
    const lines = (await readFile(seen, 'utf8')).split('\n').filter((line) => line !== '');
    const runs = lines.filter((line) => line.startsWith('args='));
    // Its version, its abilities, the slate, the demo's channel and ours.
    for (const word of ['-version', '-encoders', 'slate.png', 'smptehdbars', 'pipe:0'])
      expect(runs.some((run) => run.includes(word)) ? word : `no run with ${word}`).toBe(word);
    const variables = lines.filter((line) => !line.startsWith('args='));
    expect(variables.filter((line) => !allowed.test(line))).toEqual([]);
    expect(variables).toContain('LIBVA_DRIVER_NAME=iHD');
    await rm(folder, { recursive: true });
  },
  60_000,
);
