import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDatabaseFile } from '../../src/bundle/data-dir.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { ProcessLock } from '../../src/store/process-lock.ts';
import { rowsOf } from '../../src/store/table-rows.ts';
import { formerSchemas, makeFormerDatabase } from '../fakes/former-databases.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { someBundle, someKeys } from '../fakes/some-bundle.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';
import { runCommand } from './cli-run.ts';

const PASSPHRASE = 'four words of mine';

let dirs: TempDirs;
let dataDir: string;
let file: string;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
beforeEach(async () => {
  dataDir = await dirs.next();
  file = join(await dirs.next(), 'export.json');
});
afterAll(() => dirs.remove());

/** An installation of the schema before this one. */
async function use(to = dataDir): Promise<void> {
  await writeFile(join(to, 'keys.json'), JSON.stringify(someKeys));
  await writeFile(join(to, 'settings.json'), JSON.stringify(someBundle.settings));
  makeFormerDatabase(formerSchemas.at(-1) as number, join(to, 'zapette.db')).close();
}

const run = (args: string[], input = '', env: Record<string, string> = {}) =>
  runCommand(args, { env: { DATA_DIR: dataDir, ...env }, input });
const type = (args: string[], typed: string[], env: Record<string, string> = {}) =>
  runCommand(args, { env: { DATA_DIR: dataDir, ...env }, typed: typed.map((line) => `${line}\r`) });

describe('the command line', () => {
  it.each([
    [['help'], 0],
    [['--help'], 0],
    [['doctor', '-h'], 0],
  ])('%j explains itself', async (args, code) => {
    const english = await run(args);
    expect(english).toMatchObject({ code, errors: '' });
    for (const command of ['doctor', 'export', 'import', '--yes']) expect(english.out).toContain(command);
    const french = await run(args, '', { LANG: 'fr_BE.UTF-8' });
    expect(french.out).toContain('phrase secrète');
  });

  it('tells its version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: '9.8.7\n', errors: '' });
  });

  it.each([
    [['exprot'], 'exprot'],
    [['constructor'], 'constructor'],
    [['doctor', '--yes'], '--yes'],
    [['export', 'a', '--passphrase=secret'], '--passphrase=secret'],
    [['--yes'], '--yes'],
    [['doctor', 'now'], 'now'],
    [['export', 'a', 'b'], 'b'],
    [['export'], 'zapette export <'],
    [['import'], 'zapette import <'],
  ])('%j is refused with a sentence', async (args, named) => {
    for (const LANG of ['C', 'fr_FR.UTF-8']) {
      const { code, out, errors } = await run(args, '', { LANG });
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(errors).toContain(named);
    }
  });

  it.each([
    [{ LANG: 'fr_FR.UTF-8' }, true],
    [{ LANG: 'fr_FR.UTF-8', LC_ALL: 'de_DE' }, false],
    [{ LANG: 'C', DEFAULT_LANGUAGE: 'fr' }, true],
    [{ LC_ALL: 'fr' }, true],
    [{}, false],
  ])('speaks French by %j: %j', async (env, isFrench) => {
    const { errors } = await run(['nonsense'], '', env as Record<string, string>);
    expect(errors.includes('n’existe pas')).toBe(isFrench);
  });

  it('speaks the language that was chosen on the page', async () => {
    await writeFile(join(dataDir, 'settings.json'), '{"DEFAULT_LANGUAGE":"fr"}');
    expect((await run(['nonsense'])).errors).toContain('n’existe pas');
  });
});

describe('a DATA_DIR of another user', () => {
  // Root may read everything.
  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is named, rather than called damaged',
    async () => {
      await use();
      await chmod(join(dataDir, 'keys.json'), 0);
      for (const args of [['doctor'], ['export', file]]) {
        const { code, errors } = await run(args, PASSPHRASE);
        expect([code, errors]).toEqual([1, expect.stringContaining('may not read')]);
      }
    },
  );
});

describe('zapette export', () => {
  it('says that there is nothing where there is nothing', async () => {
    const { code, errors } = await run(['export', file], `${PASSPHRASE}\n`);
    expect([code, errors]).toEqual([1, expect.stringContaining(`nothing to export in ${dataDir}`)]);
  });

  it.skipIf(process.platform === 'win32')(
    'writes a file that its owner alone can read, and never over another',
    async () => {
      await use();
      expect(await run(['export', file], `${PASSPHRASE}\n`)).toMatchObject({ code: 0, errors: '' });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const again = await run(['export', file], `${PASSPHRASE}\n`);
      expect([again.code, again.errors]).toEqual([1, expect.stringContaining('is there already')]);
    },
  );

  it('shows no secret in the file, and none on the screen', async () => {
    await use();
    const { out, errors } = await run(['export', file], `${PASSPHRASE}\n`, {
      TELEGRAM_TOKEN: '123:telegram',
    });
    const shown = out + errors + (await readFile(file, 'utf8'));
    for (const secret of [
      ...Object.values(someKeys),
      'user-of-export',
      '123:telegram',
      'hash-of-a-token',
      PASSPHRASE,
    ])
      expect(shown).not.toContain(String(secret));
    expect(out).toContain('5 settings, 3 people, 3 favourites, 2 entries of the history');
  });

  it('asks twice on a terminal, and shows nothing of what is typed', async () => {
    await use();
    const differ = await type(['export', file], [PASSPHRASE, 'four words of yours']);
    expect([differ.code, differ.errors]).toEqual([1, expect.stringContaining('not the same')]);
    expect(differ.out + differ.errors).not.toContain('four words');
    const same = await type(['export', file], [PASSPHRASE, PASSPHRASE]);
    expect(same.code).toBe(0);
    expect(same.out + same.errors).not.toContain('four words');
  });

  it('ends with Ctrl+C, and without a passphrase', async () => {
    await use();
    expect(
      await runCommand(['export', file], { env: { DATA_DIR: dataDir }, typed: ['\u0003'] }),
    ).toMatchObject({
      code: 130,
      errors: expect.stringContaining('nothing has changed'),
    });
    expect((await run(['export', file], '')).code).toBe(130);
    expect((await run(['export', file], 'short\n')).errors).toContain('at least 8 characters');
  });

  it('says what is wrong with what it is to read or to write', async () => {
    await use();
    const elsewhere = await run(['export', join(file, 'no', 'folder')], `${PASSPHRASE}\n`);
    expect([elsewhere.code, elsewhere.errors]).toEqual([
      1,
      expect.stringContaining('cannot be written (ENOENT)'),
    ]);
    await writeFile(join(dataDir, 'settings.json'), '{"A":');
    expect((await run(['export', file], PASSPHRASE)).errors).toContain('settings.json cannot be read');
    await writeFile(join(dataDir, 'settings.json'), '{}');
    await writeFile(join(dataDir, 'zapette.db'), 'nonsense');
    expect((await run(['export', file], PASSPHRASE)).errors).toContain('is damaged: start Zapette');
    await writeFile(join(dataDir, 'keys.json'), 'nonsense');
    expect((await run(['export', file], PASSPHRASE)).errors).toContain('keys.json cannot be read');
    expect(await readdir(join(file, '..'))).toEqual([]);
  });
});

describe('zapette import', () => {
  let target: string;
  let exported: string;
  beforeAll(async () => {
    const source = await dirs.next();
    await use(source);
    exported = join(await dirs.next(), 'export.json');
    const { code } = await run(['export', exported], `${PASSPHRASE}\n`, { DATA_DIR: source });
    expect(code).toBe(0);
  });
  beforeEach(async () => {
    await use();
    target = await dirs.next();
  });

  function rowsIn(path: string) {
    const database = readDatabaseFile(path, mainAccount);
    const { audit = [], ...rows } = rowsOf(database);
    database.close();
    return { ...rows, audit: audit.filter(({ action }) => action !== 'import') };
  }
  const json = async (...path: string[]) => JSON.parse(await readFile(join(...path), 'utf8'));

  it('moves everything to another folder, which it makes', async () => {
    const made = join(target, 'made', 'here');
    expect(await run(['import', exported, '--yes'], `${PASSPHRASE}\n`, { DATA_DIR: made })).toMatchObject({
      code: 0,
      errors: '',
      out: expect.stringContaining('is empty: nothing is replaced'),
    });
    expect(rowsIn(made)).toEqual(someBundle.tables);
    expect(await json(made, 'keys.json')).toEqual(someKeys);
    expect(await json(made, 'settings.json')).toEqual(someBundle.settings);
  });

  it('says what it will replace, and does it after a yes alone', async () => {
    const env = { ETIQUETTE: 'free' };
    await writeFile(join(dataDir, 'settings.json'), '{"REACTIONS":"off"}');
    const no = await type(['import', exported], [PASSPHRASE, 'n'], env);
    expect(no.code).toBe(1);
    expect(no.out).toContain('holds 4 settings, 3 people');
    expect(no.out).toContain(`In ${dataDir}, it replaces everything: 1 setting, 3 people`);
    expect(no.out).toContain('also sets ETIQUETTE, and wins');
    expect(no.out).toContain('Nothing has changed.');
    expect(no.out + no.errors).not.toContain('four words');
    expect(await json(dataDir, 'settings.json')).toEqual({ REACTIONS: 'off' });
    const yes = await type(['import', exported], [PASSPHRASE, 'Yes'], env);
    expect(yes.code).toBe(0);
    expect(await json(dataDir, 'settings.json')).toEqual(someBundle.settings);
    const kept = (await readdir(dataDir)).find((name) => name.startsWith('before-import')) as string;
    expect(yes.out).toContain(join(dataDir, kept));
    expect(await json(dataDir, kept, 'settings.json')).toEqual({ REACTIONS: 'off' });
  });

  it.each([
    ['without a terminal and --yes', [], PASSPHRASE, 2, 'add --yes'],
    ['with another passphrase', ['--yes'], 'four words of yours', 1, 'does not open the file'],
  ])('is refused %s', async (_what, options, passphrase, expected, named) => {
    const { code, errors } = await run(['import', exported, ...options], passphrase, { DATA_DIR: target });
    expect([code, errors]).toEqual([expected, expect.stringContaining(named)]);
    expect((await readdir(target)).filter((name) => name !== 'zapette.lock')).toEqual([]);
  });

  it('is refused while a server uses the folder', async () => {
    const lock = new ProcessLock({
      path: join(dataDir, 'zapette.lock'),
      clock: systemClock,
      logger: silentLogger,
    });
    expect(await lock.take()).toBe(true);
    const { code, errors } = await run(['import', exported, '--yes'], PASSPHRASE);
    expect([code, errors]).toEqual([1, expect.stringContaining('Another Zapette is using the folder')]);
    lock.release();
    expect((await run(['import', exported, '--yes'], PASSPHRASE)).code).toBe(0);
  });

  it('keeps a setting that is not valid here, which a start leaves out', async () => {
    await writeFile(join(dataDir, 'settings.json'), '{"AUDIO":"of a later version"}');
    const { code, out } = await run(['doctor'], '', { PORT: '0' });
    expect([code, out]).toEqual([0, expect.stringContaining('AUDIO is not valid in settings.json')]);
  });

  it('says what is wrong with the environment', async () => {
    const { code, errors } = await run(['export', join(target, 'x')], PASSPHRASE, { PORT: 'nonsense' });
    expect([code, errors]).toEqual([1, expect.stringContaining('PORT must be')]);
  });

  it('is refused where the file is none', async () => {
    const picture = join(target, 'picture');
    await writeFile(picture, 'PNG');
    expect((await run(['import', picture, '--yes'], PASSPHRASE)).errors).toContain(
      'is not an export of Zapette',
    );
    expect((await run(['import', join(target, 'none'), '--yes'], PASSPHRASE)).errors).toContain('(ENOENT)');
    expect((await run(['import', target, '--yes'], PASSPHRASE)).errors).toContain('(EISDIR)');
    await writeFile(picture, Buffer.alloc(17 * 2 ** 20));
    expect((await run(['import', picture, '--yes'], PASSPHRASE)).errors).toContain('too large');
  });

  it('that cannot write says so, and changes nothing', async () => {
    await mkdir(join(target, 'keys.json.import.part'));
    const { code, errors } = await run(['import', exported, '--yes'], PASSPHRASE, { DATA_DIR: target });
    expect([code, errors]).toEqual([1, expect.stringContaining('Nothing has changed')]);
    expect((await readdir(target)).sort()).toEqual(['keys.json.import.part', 'zapette.lock']);
  });
});
