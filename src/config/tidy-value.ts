import { isIP } from 'node:net';
import { accountSettings, furtherLoginNames } from '../domain/account-settings.ts';
import type { SettingName } from '../domain/setting.ts';
import { splitAddresses } from './address-list.ts';
import { settingInfo } from './setting-info.ts';

/** Zero-width characters and byte order marks, which copied texts bring along. */
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g;
const quotes: ReadonlySet<string> = new Set('"\'`“”‘’«»');
/** A port of a web server with https. */
const HTTPS_PORT = /^(443|8443)?$/;
/** Names of local networks, where either is as likely. */
const LOCAL = /\.(local|lan|home|internal|arpa|box)$/i;

/** These may hold anything, so that quotes may be part of them. */
const asTyped: ReadonlySet<SettingName> = new Set([
  ...(['XTREAM_USERNAME', 'XTREAM_PASSWORD', 'ADMIN_TOKEN'] as const),
  ...furtherLoginNames,
]);
const ofPanels: ReadonlySet<string> = new Set(accountSettings.map(({ url }) => url));
const ourPages: ReadonlySet<string> = new Set([
  ...['watch', 'setup', 'docs', 'login', 'live.m3u8', 'live.ts', 'live'],
]);
const yes: ReadonlySet<string> = new Set(['yes', 'on', '1', 'oui']);
const no: ReadonlySet<string> = new Set(['no', 'off', '0', 'non']);

/** A typed value as it was certainly meant; whatever else is wrong with it stays, for the schema to refuse. */
export function tidyValue(name: SettingName, typed: string): string {
  const { kind, choices } = settingInfo(name);
  const line = typed.replace(INVISIBLE, '').trim();
  // A whole line of .env
  const value = line.startsWith(`${name}=`) ? line.slice(name.length + 1).trim() : line;
  if (asTyped.has(name)) return value;
  const bare = withoutQuotes(value);
  switch (kind) {
    case 'number':
      return bare.replace(/(?<=\d)[\s_](?=\d)/g, '').replace(/(?<=\d)\s*(min|minutes?|mn)\.?$/i, '');
    case 'choice':
      return tidyChoice(bare, choices);
    case 'address':
      return tidyAddress(name, bare);
    case 'list':
      return tidyList(name, bare);
    case 'text':
      return name === 'OUTPUT_CHANNELS' ? tidyOutputChannels(bare) : bare;
  }
}

/** The text without spaces and quotes at its ends, also where one of a pair was not copied. */
function withoutQuotes(text: string): string {
  const characters = text.split('');
  const isInside = (character: string) => character.trim() !== '' && !quotes.has(character);
  const first = characters.findIndex(isInside);
  return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isInside) + 1).join('');
}

function tidyChoice(text: string, choices: readonly string[]): string {
  const word = text.toLowerCase();
  const known = choices.find((choice) => choice.toLowerCase() === word);
  if (known) return known;
  if (choices.includes('on')) return yes.has(word) ? 'on' : no.has(word) ? 'off' : text;
  return choices.includes('true') ? tidyTruth(text) : text;
}

function tidyOutputChannels(text: string): string {
  const word = text.toLowerCase().replace(/^favou?rites?$/, 'favourites');
  if (/^(none|favourites|all)$/.test(word)) return word;
  return text.replace(/^categor(?:y|ies)\s*:\s*/i, 'categories:');
}

function tidyTruth(text: string): string {
  const word = text.toLowerCase();
  if (yes.has(word)) return 'true';
  return no.has(word) ? 'false' : text;
}

function tidyAddress(name: SettingName, text: string): string {
  const address = withScheme(name, text.replace(/^(https?)(?::\/|:?\/\/)(?=[^/])/i, '$1://'));
  // As the address bar of a browser has it: Jellyfin's pages are below /web.
  if (name === 'JELLYFIN_URL') return address.replace(/(?:\/web)?\/*(?:(?<=\/web)\/[^?#]*)?(?:[?#].*)?$/, '');
  const url = name === 'PUBLIC_URL' ? URL.parse(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return address;
  // As the address bar of a browser has it: a page of ours, perhaps with a key.
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const page = parts.findIndex((part) => ourPages.has(part));
  return [url.origin, ...(page < 0 ? parts : parts.slice(0, page))].join('/');
}

/** Whether the text is the name of a list's file rather than a host: tv.m3u. */
function isListFile(name: SettingName, text: string): boolean {
  return name.startsWith('M3U_') && /^[^/]+\.(?:m3u8?|gz)$/i.test(text);
}

/** Adds http:// or https:// where there can be no doubt which. */
function withScheme(name: SettingName, text: string): string {
  const [, host = '', port = ''] = /^(\[[\da-f:]+\]|[^\s:/@]+)(?::(\d+))?(?=[/?#]|$)/i.exec(text) ?? [];
  const isAddress = host === 'localhost' || isIP(host.replace(/^\[|\]$/g, '')) > 0;
  if (!isAddress && !/^[\p{L}\d-]+(\.[\p{L}\d-]+)+$/u.test(host)) return text;
  // Panels speak http unless they say otherwise.
  if (ofPanels.has(name) && !isListFile(name, text)) return `${port === '443' ? 'https' : 'http'}://${text}`;
  if (name === 'JELLYFIN_URL') return `${HTTPS_PORT.test(port) && port !== '' ? 'https' : 'http'}://${text}`;
  if (name !== 'PUBLIC_URL') return text;
  if (isAddress) return `http://${text}`;
  return HTTPS_PORT.test(port) && !LOCAL.test(host) ? `https://${text}` : text;
}

/** Lists of names, and of the ids of categories, which are the provider's. */
const haveSpaces: ReadonlySet<SettingName> = new Set([
  'HIDDEN_CATEGORIES',
  'HIDDEN_CHANNELS',
  'ONLY_CHANNELS',
]);

function tidyList(name: SettingName, text: string): string {
  if (name === 'TRUST_PROXY' && tidyTruth(text) !== text) return tidyTruth(text);
  if (name === 'XMLTV_URLS') return splitAddresses(text).join(',');
  const separator = haveSpaces.has(name) ? /[,\n]/ : /[\s,;]+/;
  const parts = text.split(separator).map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => tidyPart(name, part))
    .join(',');
}

function tidyPart(name: SettingName, part: string): string {
  if (name.startsWith('ACCOUNTS_')) return part.toLowerCase();
  if (name === 'TLS_ACCEPT') return /^https?:/i.test(part) ? (URL.parse(part)?.hostname ?? part) : part;
  // A mention, as Discord copies it: <@123> a person, <@&123> a role
  if (name.startsWith('DISCORD_')) return part.replace(/^<@[!&]?(\d+)>$/, '$1');
  if (name !== 'EMBED_ORIGINS') return part;
  const address = /^[\p{L}\d-]+(\.[\p{L}\d-]+)+(?=[/:]|$)/u.test(part) ? `https://${part}` : part;
  return /^https?:\/\//i.test(address) ? (URL.parse(address)?.origin ?? part) : part;
}
