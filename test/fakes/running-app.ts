import { PassThrough } from 'node:stream';
import { App, type OwnersWay } from '../../src/app/app.ts';
import { Settings } from '../../src/config/settings.ts';
import { FrontDoor } from '../../src/http/front-door.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { LogTail } from '../../src/lib/log-tail.ts';
import { createLogger, type Logger } from '../../src/lib/logger.ts';
import { Secrets } from '../../src/lib/secrets.ts';

export const ADMIN_TOKEN = 'the-admin-token-of-tests';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly body: any;
}

/** The whole server in this process, on a free port. */
export interface RunningApp {
  readonly app: App;
  readonly settings: Settings;
  readonly url: string;
  /** The text that the owner is shown once. */
  readonly first: OwnersWay | null;
  readonly logger: Logger;
  /** Everything logged so far. */
  readonly log: () => readonly Record<string, unknown>[];
  readonly get: (path: string, language?: string) => Promise<Answer>;
  /** Sends a request as an operator. */
  readonly post: (path: string, body?: object, language?: string) => Promise<Answer>;
}

/** @param env settings besides DATA_DIR, PORT and ADMIN_TOKEN. */
export async function startApp(dataDir: string, env: Record<string, string>): Promise<RunningApp> {
  const settings = Settings.open({ PORT: '0', LOG_LEVEL: 'debug', ADMIN_TOKEN, DATA_DIR: dataDir, ...env });
  const secrets = new Secrets();
  const lines: Record<string, unknown>[] = [];
  const out = new PassThrough();
  out.on('data', (line: Buffer) => lines.push(JSON.parse(line.toString())));
  const logTail = new LogTail(systemClock);
  const logger = createLogger({ level: settings.current.logLevel, secrets, tail: logTail, out });
  const door = new FrontDoor(settings.current);
  const url = await door.listen();
  const app = new App({ settings, logger, logTail, secrets, version: '0.0.0', door, restart: () => {} });
  const first = await app.start();
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(15_000) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };
  return {
    app,
    settings,
    url,
    first,
    logger,
    log: () => lines,
    get: (path, language = 'en') => ask(path, { headers: { 'accept-language': language } }),
    post: (path, body = {}, language = 'en') =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'accept-language': language,
          'content-type': 'application/json',
          authorization: `Bearer ${ADMIN_TOKEN}`,
        },
      }),
  };
}
