import { effect, signal } from '@preact/signals';
import { api } from './api.ts';
import type { CatalogueChange } from './contract/channels.ts';
import type { ReactionBurst, Screen, Status } from './contract/screens.ts';
import type { LogNews } from './contract/server.ts';
import { about, isScreenGone, otherScreens, screenHere, screens } from './screens.ts';

const RETRY_MS = 2_000;

/** The state of the page's screen; null until the server has sent it, and while the screen is gone. */
export const status = signal<Status | null>(null);

/** The last refresh of the channel list since the page opened; null before the first. */
export const catalogueChange = signal<CatalogueChange | null>(null);

/** The id of the newest log line, for admins; null until the server sends one. */
export const logNews = signal<number | null>(null);

/** Counts the server's messages that recordings have changed. */
export const recordingsChange = signal(0);

/** Counts the server's messages that this page's session has ended. */
export const loggedOut = signal(0);

/** The last reactions of the viewers. */
export const reactionBurst = signal<ReactionBurst | null>(null);

/** True while the page is connected to the server; null until the first attempt has ended. */
export const online = signal<boolean | null>(null);

let source: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Follows the server's events for as long as the page lives, anew whenever the page is about another screen. */
export function followEvents(): void {
  let followed = '';
  effect(() => {
    const wanted = `${screenHere.value} ${isScreenGone.value}`;
    if (wanted === followed) return;
    followed = wanted;
    status.value = null;
    connect();
  });
  // a phone that slept may have dropped the connection without an event
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && source?.readyState !== EventSource.OPEN) connect();
  });
  window.addEventListener('online', connect);
}

/** Reconnects after a log-in or log-out, since the events and the screens depend on the session's role. */
export function followEventsAnew(): void {
  screens.value = null;
  if (source) connect();
}

function connect(): void {
  clearTimeout(retry);
  source?.close();
  const screen = screenHere.peek();
  // those of another screen tell of all screens as well
  const follows = isScreenGone.peek() ? (otherScreens.peek()[0]?.id ?? screen) : screen;
  const events = new EventSource(about('/api/events', follows));
  source = events;
  events.addEventListener('open', () => {
    online.value = true;
  });
  events.addEventListener('status', (event: MessageEvent<string>) => {
    online.value = true;
    if (follows === screenHere.peek() && !isScreenGone.peek())
      status.value = JSON.parse(event.data) as Status;
  });
  events.addEventListener('screens', (event: MessageEvent<string>) => {
    screens.value = JSON.parse(event.data) as readonly Screen[];
  });
  events.addEventListener('catalogue', (event: MessageEvent<string>) => {
    catalogueChange.value = JSON.parse(event.data) as CatalogueChange;
  });
  events.addEventListener('recordings', () => {
    recordingsChange.value += 1;
  });
  events.addEventListener('log', (event: MessageEvent<string>) => {
    logNews.value = (JSON.parse(event.data) as LogNews).last;
  });
  events.addEventListener('reactions', (event: MessageEvent<string>) => {
    if (follows === screenHere.peek()) reactionBurst.value = JSON.parse(event.data) as ReactionBurst;
  });
  events.addEventListener('logged_out', () => {
    loggedOut.value += 1;
    // reconnects without a session, which gets fewer events
    if (events === source) connect();
  });
  events.addEventListener('error', () => {
    if (events !== source) return;
    if (!isScreenGone.peek()) online.value = false;
    // Browsers retry a refused connection, at growing intervals, but never after an error answer, such as a proxy's
    // 502 while the server restarts. This retry covers both.
    events.close();
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS);
    void learnWhetherGone(events);
  });
}

/** Asks for the screens, since the server refuses the events of a screen that is gone. */
async function learnWhetherGone(refused: EventSource): Promise<void> {
  const list = await api.screens().catch(() => null);
  if (refused !== source) return;
  if (list) screens.value = list;
  online.value = list !== null && isScreenGone.peek();
}
