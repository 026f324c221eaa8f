import { openAsBlob } from 'node:fs';
import { REST, type ResponseLike } from 'discord.js';
import type { Reply } from '../../commands/reply.ts';
import { bodyOf } from './card-port.ts';

/** Milliseconds for one upload, which may be slow at home. */
const PATIENCE = 5 * 60_000;

export interface UploadTarget {
  readonly route: `/${string}`;
  /** Whether the route takes the bot's token; an interaction's has its own. */
  readonly auth: boolean;
  readonly signal: AbortSignal;
}

/** Sends files by a client of its own, since discord.js gives every call 15 seconds and reads files into memory. */
export class Uploads {
  readonly #rest: REST;

  constructor(token: string, apiUrl: string | null) {
    this.#rest = new REST({
      timeout: PATIENCE,
      retries: 0,
      // discord.js's own way hands the form to whichever copy of undici was loaded first, and another one may refuse it.
      makeRequest: async (url, { dispatcher: _none, ...init }) =>
        (await fetch(url, init as RequestInit)) as ResponseLike,
      ...(apiUrl ? { api: apiUrl } : {}),
    }).setToken(token);
  }

  /** Edits a message so that it shows a reply and a video. @throws what discord.js throws, and the system's errors */
  async edit(reply: Reply, file: { readonly path: string; readonly name: string }, target: UploadTarget) {
    const form = new FormData();
    form.append('files[0]', await openAsBlob(file.path, { type: 'video/mp4' }), file.name);
    const body = { ...bodyOf(reply), attachments: [{ id: '0', filename: file.name }] };
    form.append('payload_json', JSON.stringify(body));
    const { route, ...others } = target;
    await this.#rest.patch(route, { body: form, passThroughBody: true, ...others });
  }

  /** Ends the client's timers, which would keep it in memory. */
  stop(): void {
    this.#rest.clearHashSweeper();
    this.#rest.clearHandlerSweeper();
  }
}
