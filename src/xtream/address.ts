/** What a subscription comes as. Every field is a secret. */
export interface XtreamAccount {
  /** The panel: `http://host:port`, with a path or a trailing slash if it has them, or a pasted `get.php?…` address. */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
}

/** Where requests go: `base` is a path without trailing slash, empty at the root. */
export interface PanelAddress {
  readonly origin: string;
  readonly base: string;
}

const SCRIPT = /\/(?:get|player_api|panel_api|xmltv)\.php.*$/i;
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\])$/;

/** Throws a TypeError, which does not repeat the text, if it is no http(s) address. */
export function panelAddress(text: string): PanelAddress {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
    throw new TypeError('The address of the panel is not an http or https address');
  }
  return { origin: url.origin, base: url.pathname.replace(SCRIPT, '').replace(/\/+$/, '') };
}

/** Path and query of a player_api.php call; without an action it is the login. */
export function apiPath(
  account: XtreamAccount,
  action: string | null,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const extra = Object.entries({ ...(action === null ? {} : { action }), ...params });
  return `${panelAddress(account.baseUrl).base}/player_api.php?${query([...login(account), ...extra])}`;
}

/** The address of one live channel. */
export function liveUrl(account: XtreamAccount, channelId: number, format: 'ts' | 'm3u8'): string {
  const { origin, base } = panelAddress(account.baseUrl);
  const path = [account.username, account.password].map(encodeURIComponent).join('/');
  return `${origin}${base}/live/${path}/${channelId}.${format}`;
}

/** Path and query of the whole guide, XMLTV. */
export function xmltvPath(account: XtreamAccount): string {
  return `${panelAddress(account.baseUrl).base}/xmltv.php?${query(login(account))}`;
}

/** The values of an account that must never be printed: to be registered with Secrets before anything is logged. */
export function xtreamSecrets(account: XtreamAccount): string[] {
  const host = new URL(panelAddress(account.baseUrl).origin).hostname;
  return [account.username, account.password, ...(LOOPBACK.test(host) ? [] : [host])];
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
