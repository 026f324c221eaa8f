import { z } from 'zod';
import type { JellyfinProblem, JellyfinState } from '../../domain/jellyfin-state.ts';
import { readShort } from '../../lib/read-short.ts';
import { isOurGuide, isOurTuner } from './ours.ts';

export interface JellyfinServerOptions {
  /** Without a trailing slash. */
  readonly url: string;
  readonly apiKey: string;
  /** Of this installation as an HDHomeRun tuner. */
  readonly deviceId: string;
  /** Ends every request. */
  readonly signal: AbortSignal;
}

/** A request that Jellyfin did not fulfil. */
export class JellyfinFailure extends Error {
  readonly problem: JellyfinProblem;

  constructor(problem: JellyfinProblem) {
    super(`Jellyfin: ${problem}`);
    this.problem = problem;
  }
}

/** Milliseconds for a request. */
const PATIENCE = 10_000;
/** Bytes. The channels that somebody has matched by hand are in the same answer as the guides. */
const LONGEST = 8 * 1024 * 1024;
const UNAUTHORISED = 401;
const FORBIDDEN = 403;
const SERVER_ERROR = 500;

/** Everything that Jellyfin wrote stays as it is, since it is sent back. */
const liveTv = z.object({ ListingProviders: z.array(z.unknown()), TunerHosts: z.array(z.unknown()) });
const folders = z.array(z.object({ Locations: z.array(z.string()) }));
const tasks = z.array(z.object({ Id: z.string(), Key: z.string() }));

/** Somebody's Jellyfin server, by its API. Every method throws `JellyfinFailure`. */
export class JellyfinServer {
  readonly #options: JellyfinServerOptions;

  constructor(options: JellyfinServerOptions) {
    this.#options = options;
  }

  /**
   * Makes it read our guide anew: a guide's source that is saved, even unchanged, is read at once, without what is kept of it.
   * Servers that refuse that are asked to run the task that reads all guides.
   */
  async readGuideAnew(): Promise<void> {
    const guides = (await this.#liveTv()).ListingProviders.filter(isOurGuide);
    if (guides.length === 0) throw new JellyfinFailure('no_guide');
    for (const guide of guides) {
      if (!(await this.#post('/LiveTv/ListingProviders', guide))) return this.#runGuideTask();
    }
  }

  /** Makes it read our channels anew, by saving the tuners that are ours, unchanged. */
  async readTunersAnew(): Promise<void> {
    const { TunerHosts } = await this.#liveTv();
    for (const tuner of TunerHosts.filter((each) => isOurTuner(each, this.#options.deviceId))) {
      if (!(await this.#post('/LiveTv/TunerHosts', tuner))) return this.#runGuideTask();
    }
  }

  /**
   * Makes it look for new files: at these alone if its libraries have their folder under the same path, else in all libraries,
   * since a container may call it something else. @param paths absolute
   */
  async lookForFiles(paths: readonly string[]): Promise<void> {
    const locations = (await this.#get('/Library/VirtualFolders', folders)).flatMap((each) => each.Locations);
    const isSeen = paths.every((path) => locations.some((location) => isBelow(path, location)));
    const updates = paths.map((Path) => ({ Path, UpdateType: 'Created' }));
    const isTold = isSeen && (await this.#post('/Library/Media/Updated', { Updates: updates }));
    if (!isTold && !(await this.#post('/Library/Refresh'))) throw new JellyfinFailure('foreign');
  }

  /** Whether the guide could be read anew; changes nothing. Never rejects. */
  async examine(): Promise<JellyfinState> {
    try {
      const { ListingProviders } = await this.#liveTv();
      // Only administrators may see the tasks.
      await this.#tasks();
      return ListingProviders.some(isOurGuide) ? 'works' : 'no_guide';
    } catch (error) {
      return error instanceof JellyfinFailure ? error.problem : 'foreign';
    }
  }

  #liveTv(): Promise<z.infer<typeof liveTv>> {
    return this.#get('/System/Configuration/livetv', liveTv);
  }

  #tasks(): Promise<z.infer<typeof tasks>> {
    return this.#get('/ScheduledTasks', tasks);
  }

  async #runGuideTask(): Promise<void> {
    const task = (await this.#tasks()).find(({ Key }) => Key === 'RefreshGuide');
    if (!task || !(await this.#post(`/ScheduledTasks/Running/${encodeURIComponent(task.Id)}`)))
      throw new JellyfinFailure('foreign');
  }

  async #get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const { ok, text } = await this.#ask(path, { method: 'GET' });
    const read = ok ? schema.safeParse(parse(text)).data : undefined;
    if (read === undefined) throw new JellyfinFailure('foreign');
    return read;
  }

  /** @returns whether it was accepted. */
  async #post(path: string, body?: unknown): Promise<boolean> {
    const { ok } = await this.#ask(path, {
      method: 'POST',
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return ok;
  }

  /** Follows no redirect: whoever answers would decide where a change goes. */
  async #ask(
    path: string,
    init: Pick<RequestInit, 'method' | 'body'> & { headers?: Record<string, string> },
  ): Promise<{ ok: boolean; text: string }> {
    const { url, apiKey, signal } = this.#options;
    try {
      const response = await fetch(url + path, {
        ...init,
        headers: { ...init.headers, authorization: `MediaBrowser Token="${apiKey}"` },
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      });
      const { ok, status } = response;
      const text = await readShort(response, LONGEST);
      if (status === UNAUTHORISED) throw new JellyfinFailure('refused');
      if (status === FORBIDDEN) throw new JellyfinFailure('no_rights');
      if (status >= SERVER_ERROR && init.method === 'GET') throw new JellyfinFailure('unreachable');
      return { ok, text };
    } catch (error) {
      // Its own text may hold the address, with a password.
      throw error instanceof JellyfinFailure ? error : new JellyfinFailure('unreachable');
    }
  }
}

/** Also for paths of Windows. */
function isBelow(path: string, folder: string): boolean {
  const [file, root] = [path, folder].map((each) => each.replaceAll('\\', '/').replace(/\/+$/, ''));
  return root !== undefined && root !== '' && file?.startsWith(`${root}/`) === true;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
