import { signal } from '@preact/signals';
import type { CatalogueChange, LogNews, ReactionBurst, Status } from './contract.ts';

const RETRY_MS = 2_000;

/** What is on air; null until the server has said it once. */
export const status = signal<Status | null>(null);

/** The last refresh of the channel list that this page heard of. */
export const catalogueChange = signal<CatalogueChange | null>(null);

/** The id of the log's last line, for admins; null until there is one to read. */
export const logNews = signal<number | null>(null);

/** Counts how often the server has said that this page's session has ended. */
export const loggedOut = signal(0);

/** What was last pressed by those who watch. */
export const reactionBurst = signal<ReactionBurst | null>(null);

/** Whether the server can be heard; null until the first attempt has ended. */
export const online = signal<boolean | null>(null);

let source: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Follows the server's events for as long as the page lives. */
export function followEvents(): void {
  connect();
  // a phone that slept may have given the connection up without saying so
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && source?.readyState !== EventSource.OPEN) connect();
  });
  window.addEventListener('online', connect);
}

/** Asks anew, as somebody else: what one may know goes with who one is. */
export function followEventsAnew(): void {
  if (source) connect();
}

function connect(): void {
  clearTimeout(retry);
  source?.close();
  const events = new EventSource('/api/events');
  source = events;
  events.addEventListener('open', () => {
    online.value = true;
  });
  events.addEventListener('status', (event: MessageEvent<string>) => {
    online.value = true;
    status.value = JSON.parse(event.data) as Status;
  });
  events.addEventListener('catalogue', (event: MessageEvent<string>) => {
    catalogueChange.value = JSON.parse(event.data) as CatalogueChange;
  });
  events.addEventListener('log', (event: MessageEvent<string>) => {
    logNews.value = (JSON.parse(event.data) as LogNews).last;
  });
  events.addEventListener('reactions', (event: MessageEvent<string>) => {
    reactionBurst.value = JSON.parse(event.data) as ReactionBurst;
  });
  events.addEventListener('logged_out', () => {
    loggedOut.value += 1;
    // From now on as a stranger, who may learn what is on.
    if (events === source) connect();
  });
  events.addEventListener('error', () => {
    if (events !== source) return;
    online.value = false;
    // A refused connection is tried again by the browser, at intervals that grow; an error answer (a proxy's 502
    // while the server restarts) ends it for good. Ours covers both.
    events.close();
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS);
  });
}
