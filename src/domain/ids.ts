declare const kind: unique symbol;

/** An account of this installation: `main` for `XTREAM_*`, `demo` for the demo, else a short slug that its owner chose. */
export type AccountId = string & { readonly [kind]: 'account' };

/** A channel: `<account>:<the provider's own id>`. Only the provider behind the account reads what follows the colon. */
export type ChannelId = string & { readonly [kind]: 'channel' };

/** A screen: `live`, else a slug. */
export type ScreenId = string & { readonly [kind]: 'screen' };

/**
 * The installation's own account: `main`, or `demo` where there is none. It changes while the process runs, so ask for its
 * id when it is needed.
 */
export interface OwnAccount {
  readonly id: AccountId;
}

/** How the API names a channel: by the provider's number where it is the installation's own account, else by its id. */
export type ApiChannelId = number | string;

/** Lower-case letters, digits and hyphens. */
const SLUG = /^[a-z0-9][a-z0-9-]{0,23}$/;

/** @throws TypeError where the text is no slug */
export function accountId(text: string): AccountId {
  if (!isAccountId(text)) throw new TypeError(`no account id: ${text}`);
  return text;
}

/** @throws TypeError where the text is no slug */
export function screenId(text: string): ScreenId {
  if (!isScreenId(text)) throw new TypeError(`no screen id: ${text}`);
  return text;
}

/** The account of `XTREAM_*`. */
export const mainAccount = accountId('main');

/** The demo's account, for an installation without any. */
export const demoAccount = accountId('demo');

/**
 * The screen that every installation has. It belongs to everything that names none: places in a chat, addresses, and files
 * of versions that had one screen.
 */
export const liveScreen = screenId('live');

/**
 * The id of a provider's channel.
 * @param own what the provider itself calls the channel; not empty.
 * @throws TypeError where it is empty
 */
export function channelId(account: AccountId, own: string | number): ChannelId {
  const id = `${account}:${own}`;
  if (!isChannelId(id)) throw new TypeError(`no channel id: ${id}`);
  return id;
}

/** The account that a channel belongs to. */
export function accountOf(id: ChannelId): AccountId {
  return accountId(id.slice(0, id.indexOf(':')));
}

/** What the provider itself calls the channel; only the provider gives it a meaning. */
export function ownIdOf(id: ChannelId): string {
  return id.slice(id.indexOf(':') + 1);
}

/** Whether a text from outside is a channel's id, of whichever account. */
export function isChannelId(text: string): text is ChannelId {
  const colon = text.indexOf(':');
  return colon > 0 && colon < text.length - 1 && SLUG.test(text.slice(0, colon));
}

/** The channel's id as the API gives it. */
export function toApiChannelId(id: ChannelId, own: OwnAccount): ApiChannelId {
  const number = accountOf(id) === own.id ? numberFrom(ownIdOf(id)) : null;
  return number ?? id;
}

/** The channel that a request to the API means; null where that can be no channel. */
export function fromApiChannelId(given: ApiChannelId, own: OwnAccount): ChannelId | null {
  if (typeof given === 'string') return isChannelId(given) ? given : null;
  return Number.isSafeInteger(given) ? channelId(own.id, given) : null;
}

/** The channel that a text means: a number of the own account, or an id; null for any other text. */
export function channelIdOfText(text: string, own: OwnAccount): ChannelId | null {
  if (isChannelId(text)) return text;
  const number = numberFrom(text);
  return number === null ? null : channelId(own.id, number);
}

/** Null where the text is no integer as JavaScript writes it, so that the way there and back ends where it began. */
function numberFrom(text: string): number | null {
  const number = Number(text);
  return Number.isSafeInteger(number) && String(number) === text ? number : null;
}

function isAccountId(text: string): text is AccountId {
  return SLUG.test(text);
}

/** Whether a text from outside can be the id of a screen. */
export function isScreenId(text: string): text is ScreenId {
  return SLUG.test(text);
}
