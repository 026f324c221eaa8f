import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { z } from 'zod';
import { freePort } from './tools.ts';

/** An add-on of Kodi with the values of its settings. */
export interface KodiAddOn {
  readonly id: 'pvr.iptvsimple' | 'pvr.hdhomerun';
  /** Add-ons that it needs, or Kodi asks whether to turn them on. */
  readonly needs: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

/** A real Kodi with an empty profile, and perhaps an add-on for television, driven by JSON-RPC. */
export interface Kodi {
  /** Calls a method of Kodi's API. @throws what Kodi says, or that it does not answer */
  call<T>(method: string, params: object, result: z.ZodType<T>): Promise<T>;
  /** The file of its guide, with ids that its API does not tell. */
  guideFile(): string;
  /** Everything that it has logged. */
  log(): string;
  stop(): Promise<void>;
}

const ANSWER_WITHIN = 15_000;
const START_WITHIN = 90_000;
const QUESTION = 'Window.IsActive(yesnodialog)';

/** Starts Kodi (Debian: kodi, the add-on, pulseaudio) on an X screen. @throws if pulseaudio is missing, without which Kodi stalls */
export async function startKodi(addOn: KodiAddOn | null, display: string): Promise<Kodi> {
  await execa('pulseaudio', ['--version']);
  const home = await mkdtemp(join(tmpdir(), 'zapette-kodi-'));
  const port = await freePort();
  await writeProfile(home, addOn, port);
  const env = {
    ...{ HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: display, PULSE_SERVER: `unix:${home}/sound` },
    // Software drawing; a sound device that keeps time, without which Kodi has no clock.
    ...{ LIBGL_ALWAYS_SOFTWARE: '1', KODI_AE_SINK: 'PULSE' },
  };
  const quiet = { reject: false, stdio: 'ignore', env } as const;
  const sound = execa(
    'pulseaudio',
    [
      ...['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no'],
      '--load=module-null-sink sink_name=null rate=48000',
      `--load=module-native-protocol-unix socket=${home}/sound auth-anonymous=1`,
    ],
    quiet,
  );
  await sleep(1_000);
  // Its launcher is a script: all of them are to end.
  const program = execa('kodi', ['--standalone'], { ...quiet, detached: true });
  let isOver = false;
  void program.then(() => {
    isOver = true;
  });

  const call = async <T>(method: string, params: object, result: z.ZodType<T>): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}/jsonrpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    const answer = z
      .object({ result: z.unknown(), error: z.unknown() })
      .partial()
      .parse(await response.json());
    if (answer.error !== undefined) throw new Error(`Kodi, ${method}: ${JSON.stringify(answer.error)}`);
    return result.parse(answer.result);
  };
  const kodi: Kodi = {
    call,
    guideFile: () => {
      const folder = join(home, '.kodi/userdata/Database');
      const file = readdirSync(folder).find((name) => /^Epg\d+\.db$/.test(name));
      if (!file) throw new Error('Kodi has no guide');
      return join(folder, file);
    },
    log: () => readFileSync(join(home, '.kodi/temp/kodi.log'), 'utf8'),
    stop: async () => {
      await call('Application.Quit', {}, z.unknown()).catch(() => {});
      await Promise.race([program, sleep(8_000)]);
      if (!isOver && program.pid) process.kill(-program.pid, 'SIGKILL');
      sound.kill();
      await Promise.all([program, sound]);
      await rm(home, { recursive: true, force: true });
    },
  };
  const started = performance.now();
  while (!(await call('JSONRPC.Ping', {}, z.literal('pong')).catch(() => null))) {
    if (isOver || performance.now() - started > START_WITHIN) {
      await kodi.stop();
      throw new Error('Kodi does not start');
    }
    await sleep(500);
  }
  // They are installed, but off.
  for (const addonid of addOn ? [...addOn.needs, addOn.id] : [])
    await call('Addons.SetAddonEnabled', { addonid, enabled: true }, z.unknown());
  // It asks about each add-on of the system that is off, one question after another, in front of the picture.
  for (let n = 0; n < 10; n++) {
    await sleep(500);
    const isAsking = await call(
      'XBMC.GetInfoBooleans',
      { booleans: [QUESTION] },
      z.record(z.string(), z.boolean()),
    );
    if (isAsking[QUESTION]) await call('Input.Back', {}, z.unknown());
  }
  return kodi;
}

async function writeProfile(home: string, addOn: KodiAddOn | null, port: number): Promise<void> {
  const userData = join(home, '.kodi/userdata');
  await mkdir(userData, { recursive: true });
  await writeFile(
    join(userData, 'guisettings.xml'),
    settingsXml({
      'services.webserver': 'true',
      'services.webserverport': `${port}`,
      'services.webserverauthentication': 'false',
      'services.zeroconf': 'false',
      'general.addonupdates': '2',
      'audiooutput.audiodevice': 'PULSE:null',
      'screensaver.mode': '',
      'pvrmanager.usebackendchannelnumbers': 'true',
    }),
  );
  await writeFile(
    join(userData, 'advancedsettings.xml'),
    '<advancedsettings version="1.0"><loglevel>1</loglevel></advancedsettings>',
  );
  if (!addOn) return;
  const { id, settings } = addOn;
  const folder = join(userData, 'addon_data', id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.xml'), settingsXml(settings));
  // Newer versions of the add-on read this one.
  await writeFile(join(folder, 'instance-settings-1.xml'), settingsXml(settings));
}

function settingsXml(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([id, value]) => `  <setting id="${id}">${value}</setting>`);
  return `<settings version="2">\n${lines.join('\n')}\n</settings>\n`;
}
