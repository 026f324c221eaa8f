import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const savedSchema = z.looseObject({ Id: z.string().min(1), Type: z.string() });
const updatesSchema = z.object({
  Updates: z.array(z.object({ Path: z.string(), UpdateType: z.literal('Created') })),
});
type Saved = z.infer<typeof savedSchema>;

/** A source of the guide as Jellyfin stores it. */
export function guideSource(Path: string, more: object = {}): Saved {
  return {
    ...{ Id: '6f3c', Type: 'xmltv', Path, Username: null, EnabledTuners: [], EnableAllTuners: true },
    ...{ ChannelMappings: [{ Name: '1', Value: 'live' }], NewsCategories: ['news'], ...more },
  };
}

const TASK = 'bea9b218c97bbf98c5dc1303bdb9a0ca';
const KEY = 'f00dfeed';
/** Of somebody who is no administrator. */
const USERS_TOKEN = 'b0b';

/** The part of a Jellyfin server that has the live TV's configuration, in small. Written from its API. */
export class FakeJellyfin {
  readonly #server: Server;
  readonly url: string;
  readonly apiKey = KEY;
  readonly usersToken = USERS_TOKEN;
  guides: Saved[] = [guideSource('http://zapette:8002/epg.xml')];
  tuners: Saved[] = [];
  /** It does not take sources that are sent back, and can but be asked to run its task. */
  isOld = false;
  /** It is starting, or its proxy does not reach it. */
  isStarting = false;
  /** What has made it read the guide: the paths of the changes, in order. */
  readonly reads: string[] = [];
  /** The folders of its libraries. */
  locations: string[] = [];
  /** What it was told to look at: paths, or everything. */
  readonly looked: (readonly string[] | 'everything')[] = [];
  /** All requests. */
  requests = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<FakeJellyfin> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeJellyfin(server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    const body = await text(request);
    const { status, json } = this.#reply(`${request.method} ${request.url}`, request, body);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(json === undefined ? '' : JSON.stringify(json));
  }

  #reply(route: string, request: IncomingMessage, body: string): { status: number; json?: unknown } {
    if (this.isStarting) return { status: 503 };
    const token = /^MediaBrowser (?:.*, ?)?Token="([^"]*)"/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== KEY && token !== USERS_TOKEN) return { status: 401 };
    if (route === 'GET /System/Configuration/livetv')
      return { status: 200, json: { GuideDays: 7, TunerHosts: this.tuners, ListingProviders: this.guides } };
    if (token === USERS_TOKEN) return { status: 403 };
    switch (route) {
      case 'GET /ScheduledTasks':
        return {
          status: 200,
          json: [
            { Name: 'Scan', State: 'Idle', Id: '7738', Key: 'RefreshLibrary' },
            { Name: 'Refresh Guide', State: 'Idle', Id: TASK, Key: 'RefreshGuide' },
          ],
        };
      case 'GET /Library/VirtualFolders':
        return { status: 200, json: [{ Name: 'Shows', Locations: this.locations }] };
      case 'POST /Library/Media/Updated':
        this.looked.push(updatesSchema.parse(JSON.parse(body)).Updates.map(({ Path }) => Path));
        return { status: 204 };
      case 'POST /Library/Refresh':
        this.looked.push('everything');
        return { status: 204 };
      case `POST /ScheduledTasks/Running/${TASK}`:
        return this.#read(204);
      case 'POST /LiveTv/ListingProviders':
        return this.isOld ? { status: 400 } : this.#save(this.guides, request, body);
      case 'POST /LiveTv/TunerHosts':
        return this.isOld ? { status: 400 } : this.#save(this.tuners, request, body);
      default:
        return { status: 404 };
    }
  }

  #save(list: Saved[], request: IncomingMessage, body: string): { status: number; json?: unknown } {
    if (!request.headers['content-type']?.startsWith('application/json')) return { status: 415 };
    const { data } = savedSchema.safeParse(JSON.parse(body));
    if (!data) return { status: 400 };
    const at = list.findIndex(({ Id }) => Id.toLowerCase() === data.Id.toLowerCase());
    list.splice(at === -1 ? list.length : at, 1, data);
    return this.#read(200, data, request);
  }

  #read(status: number, json?: unknown, request?: IncomingMessage): { status: number; json?: unknown } {
    this.reads.push(request?.url ?? 'the task');
    return { status, json };
  }
}
