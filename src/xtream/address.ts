import { isLoopback } from '../lib/private-address.ts';

/** The access data of a subscription. Every field is a secret. */
export interface XtreamAccount {
  /** The panel's address: `http://host:port`, with an optional path or trailing slash, or a pasted `get.php?…` address. */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
}

/** The parts of a panel's address; `base` is a path without a trailing slash, empty at the root. */
export interface PanelAddress {
  readonly origin: string;
  readonly base: string;
}

const SCRIPT = /\/(?:get|player_api|panel_api|xmltv)\.php.*$/i;

/** Parses a panel's address. @throws TypeError, which does not repeat the text, if it is not an http(s) address */
export function panelAddress(text: string): PanelAddress {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
    throw new TypeError('The address of the panel is not an http or https address');
  }
  return { origin: url.origin, base: url.pathname.replace(SCRIPT, '').replace(/\/+$/, '') };
}

/** The path and query of a player_api.php call; without an action the call is the login. */
export function apiPath(
  account: XtreamAccount,
  action: string | null,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const extra = Object.entries({ ...(action === null ? {} : { action }), ...params });
  return `${panelAddress(account.baseUrl).base}/player_api.php?${query([...login(account), ...extra])}`;
}

/** The address of a live channel. @param streamId the panel's own id. */
export function liveUrl(account: XtreamAccount, streamId: string, format: 'ts' | 'm3u8'): string {
  const { origin, base } = panelAddress(account.baseUrl);
  const path = [account.username, account.password].map(encodeURIComponent).join('/');
  return `${origin}${base}/live/${path}/${encodeURIComponent(streamId)}.${format}`;
}

/** The path and query of the whole guide in XMLTV. */
export function xmltvPath(account: XtreamAccount): string {
  return `${panelAddress(account.baseUrl).base}/xmltv.php?${query(login(account))}`;
}

/** The secret values of an account, which the caller registers with Secrets before anything is logged. */
export function xtreamSecrets(account: XtreamAccount): string[] {
  const host = new URL(panelAddress(account.baseUrl).origin).hostname;
  return [account.username, account.password, ...(isLoopback(host) ? [] : [host])];
}

function login({ username, password }: XtreamAccount): [string, string][] {
  return [
    ['username', username],
    ['password', password],
  ];
}

function query(pairs: readonly (readonly [string, string | number])[]): string {
  return pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
}
