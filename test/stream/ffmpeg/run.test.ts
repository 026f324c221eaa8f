import { afterEach, describe, expect, it } from 'vitest';
import { FfmpegRun } from '../../../src/stream/ffmpeg/run.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

/** Programs that behave like FFmpeg on a bad day, as Node scripts. */
const programs = {
  echo: 'process.stdin.pipe(process.stdout)',
  diesWithWords: `for (let n = 1; n <= 30; n++) console.error('line ' + n);
    console.error("Stream map '0:v:0' matches no streams."); process.exitCode = 1`,
  ignoresSigterm: `process.on('SIGTERM', () => {}); process.stdout.write('up'); setInterval(() => {}, 1000)`,
  neverReads: `process.stdout.write('up'); setInterval(() => {}, 1000)`,
  killsItself: `process.kill(process.pid, 'SIGKILL')`,
  closesItsInput: `process.stdin.destroy(); process.stdout.write('up'); setTimeout(() => {}, 300)`,
  drawsProgress: `process.stderr.write('frame=1\\rframe=2\\r\\n\\n  last words  \\n'); process.exitCode = 3`,
};

let run: FfmpegRun | null = null;

afterEach(async () => {
  await run?.stop();
  run = null;
});

describe('FfmpegRun', () => {
  it('feeds the program and delivers its output', async () => {
    const { output, said } = start(programs.echo);
    run?.write([Buffer.from('one ')]);
    run?.write([Buffer.from('two')]);
    await said('one two');
    expect(Buffer.isBuffer(output[0])).toBe(true);
    expect(run?.pid).toBeGreaterThan(0);
  });

  it('reports how the program ended, with its last lines', async () => {
    start(programs.diesWithWords);
    const ending = await run?.ended;
    expect(ending).toMatchObject({ exitCode: 1, signal: null, asked: false });
    expect(ending?.words).toHaveLength(20);
    expect(ending?.words.at(-1)).toBe("Stream map '0:v:0' matches no streams.");
    expect(ending?.words[0]).toBe('line 12');
  });

  it('splits lines at every kind of line end', async () => {
    start(programs.drawsProgress);
    expect(await run?.ended).toMatchObject({ exitCode: 3, words: ['frame=1', 'frame=2', 'last words'] });
  });

  it.skipIf(process.platform === 'win32')('reports the signal that killed the program', async () => {
    start(programs.killsItself);
    expect(await run?.ended).toMatchObject({ exitCode: null, signal: 'SIGKILL', asked: false });
  });

  it('reports a program that does not exist', async () => {
    run = new FfmpegRun({ path: 'no-such-program-here', args: [], logger: silentLogger, onOutput: () => {} });
    run.start();
    expect(run.write([Buffer.from('x')])).toBe(true);
    const ending = await run.ended;
    expect(ending).toMatchObject({ exitCode: null, signal: null });
    expect(ending.words.join()).toMatch(/ENOENT/);
  });

  it('marks an end by stop() as asked for, even if it is called twice', async () => {
    const { said } = start(programs.neverReads);
    await said('up');
    await Promise.all([run?.stop(), run?.stop()]);
    expect(await run?.ended).toMatchObject({ asked: true });
    expect(isAlive(run?.pid)).toBe(false);
    expect(run?.write([Buffer.from('x')])).toBe(true);
  });

  it('kills a program that ignores the request to stop', async () => {
    const { said } = start(programs.ignoresSigterm);
    await said('up');
    await run?.stop();
    expect(isAlive(run?.pid)).toBe(false);
  });

  it('reports a program that is hopelessly behind', async () => {
    const { said } = start(programs.neverReads);
    await said('up');
    const chunk = Buffer.alloc(8 * 1024 * 1024);
    const verdicts = Array.from({ length: 10 }, () => run?.write([chunk]));
    expect(verdicts[0]).toBe(true);
    expect(verdicts.at(-1)).toBe(false);
  });

  it('survives a program that closed its input', async () => {
    const { said } = start(programs.closesItsInput);
    await said('up');
    for (let index = 0; index < 5; index++) {
      run?.write([Buffer.alloc(200_000)]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await run?.ended).toMatchObject({ exitCode: 0, asked: false });
  });

  it('may be stopped before it is started', async () => {
    await new FfmpegRun({ path: 'x', args: [], logger: silentLogger, onOutput: () => {} }).stop();
  });
});

function start(program: string) {
  const output: Buffer[] = [];
  let check = () => {};
  run = new FfmpegRun({
    path: process.execPath,
    args: ['-e', program],
    logger: silentLogger,
    onOutput: (chunk) => {
      output.push(chunk);
      check();
    },
  });
  run.start();
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      check = () => Buffer.concat(output).toString().includes(text) && resolve();
      check();
    });
  return { output, said };
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
