import { writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { ProcessLock } from '../../src/store/process-lock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { someKeys } from '../fakes/some-bundle.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { runCommand } from './cli-run.ts';

let dirs: TempDirs;
let dataDir: string;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
beforeEach(async () => {
  dataDir = await dirs.next();
});
afterAll(() => dirs.remove());

const doctor = (env: Record<string, string> = {}) =>
  runCommand(['doctor'], { env: { DATA_DIR: dataDir, PORT: '0', PATH: process.env.PATH ?? '', ...env } });

describe('zapette doctor, where no server runs', () => {
  it('says that all is as a start needs it, also where DATA_DIR is still to be made', async () => {
    const { code, out } = await doctor({ DATA_DIR: join(dataDir, 'not', 'yet') });
    expect(out).toContain('is not running');
    for (const topic of ['Settings: good', 'Port: 0 is free', 'FFmpeg: ', 'Account: none', 'Disk: '])
      expect(out).toContain(topic);
    expect(code).toBe(0);
  });

  it('says it in French', async () => {
    const { out } = await doctor({ LANG: 'fr_FR' });
    expect(out).toContain('✔ Réglages\u00a0: bons');
  });

  it('names every setting that is wrong, without its value', async () => {
    const { code, out } = await doctor({ AUDIO: 'nonsense', XTREAM_URL: 'http://panel.example' });
    expect(code).toBe(1);
    expect(out).toMatch(/✖ Settings: (?:.|\n)*AUDIO/);
    expect(out).not.toMatch(/nonsense|panel\.example/);
  });

  it('counts settings.json, and names one that there is not', async () => {
    await writeFile(join(dataDir, 'settings.json'), '{"TELEGRAM_TOKN":"x"}');
    const { code, out } = await doctor();
    expect(out).toContain('⚠ Settings: There is no setting TELEGRAM_TOKN: did you mean TELEGRAM_TOKEN?');
    expect(code).toBe(0);
    await writeFile(join(dataDir, 'settings.json'), '{');
    expect((await doctor()).out).toMatch(/⚠ Settings: .*settings\.json is not valid/);
  });

  it('says that the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, out } = await doctor({ PORT: String(port) });
    expect([code, out]).toEqual([1, expect.stringContaining(`✖ Port: Port ${port} is in use`)]);
    await new Promise((resolve) => other.close(resolve));
  });

  it('says that HOST is no address of this machine', async () => {
    const { code, out } = await doctor({ HOST: '192.0.2.1' });
    expect([code, out]).toEqual([1, expect.stringContaining('✖ Port: Cannot listen on 192.0.2.1')]);
  });

  it('says that FFmpeg, the keys and the database cannot be used', async () => {
    await writeFile(join(dataDir, 'keys.json'), 'nonsense');
    await writeFile(join(dataDir, 'zapette.db'), 'nonsense');
    const { code, out } = await doctor({ FFMPEG_PATH: join(dataDir, 'none') });
    expect(code).toBe(1);
    for (const line of [/✖ FFmpeg: FFmpeg was not found/, /✖ Keys: /, /✖ Database: .* is damaged/])
      expect(out).toMatch(line);
  });

  it('asks the provider for the account, and shows none of it', async () => {
    const panel = await FakePanel.start({ channels: [{ id: 1, name: 'One' }] });
    const { url, username, password } = panel;
    const account = { XTREAM_URL: url, XTREAM_USERNAME: username, XTREAM_PASSWORD: password };
    expect((await doctor(account)).out).toMatch(/✔ Account: good.* connection/);
    const wrong = await doctor({ ...account, XTREAM_PASSWORD: 'another-one' });
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('✖ Account: The provider refused the user name or password');
    expect(wrong.out + wrong.errors).not.toMatch(/another-one|127\.0\.0\.1/);
    await panel.stop();
  });
});

describe('zapette doctor, where a server runs', () => {
  let lock: ProcessLock;
  beforeEach(async () => {
    await writeFile(join(dataDir, 'keys.json'), JSON.stringify(someKeys));
    lock = new ProcessLock({ path: join(dataDir, 'zapette.lock'), clock: systemClock, logger: silentLogger });
    await lock.take();
    return () => lock.release();
  });

  it('asks it, as the owner and in the same language', async () => {
    const asked: unknown[] = [];
    const server = createHttpServer(({ url, headers }, response) => {
      asked.push([url, headers.authorization, headers['accept-language']]);
      const items = [{ subject: 'telegram', mark: 'bad', topic: 'Telegram', text: 'the token is refused' }];
      response.end(JSON.stringify({ summary: '', items }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, out } = await doctor({ PORT: String(port), HOST: '0.0.0.0', LANG: 'fr_FR' });
    expect(asked).toEqual([['/api/doctor', `Bearer ${someKeys.adminToken}`, 'fr']]);
    expect(out).toContain('✖ Telegram\u00a0: the token is refused');
    expect(code).toBe(1);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('says that it does not answer, and looks itself at all but the port', async () => {
    const { code, out } = await doctor({ PORT: '1' });
    expect(code).toBe(1);
    expect(out).toContain('✖ Server: a Zapette uses');
    expect(out).toContain('✔ Settings: good');
    expect(out).not.toContain('Port: ');
    expect(out).not.toContain(someKeys.adminToken);
  });

  it('does not believe another program at that address', async () => {
    const server = createHttpServer((_request, response) => response.end('<html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, out } = await doctor({ PORT: String(port) });
    expect([code, out]).toEqual([1, expect.stringContaining('does not answer')]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
