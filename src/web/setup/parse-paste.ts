import type { AccountRequest } from './contract.ts';

/** The three fields of a subscription; a part that was not found is empty. */
export type AccountFields = Pick<AccountRequest, 'url' | 'username' | 'password'>;

const ADDRESS = /https?:\/\/[^\s<>"']+/gi;
/** What providers write before each value, in English and French. */
const labels = {
  url: /^(?:(?:server|host|portal|panel|dns|serveur|hôte|hote|portail|xtream)(?:[ -]?(?:url|name|address|adresse))?|url|link|lien|address|adresse|m3u(?: ?url)?)$/,
  username: /^(?:user(?:[ -]?name)?|login|utilisateur|identifiant|nom d['’ ]utilisateur|nom)$/,
  password: /^(?:pass(?:word)?|pwd|pw|code|mot de passe|mdp)$/,
  port: /^port$/,
} as const;

/**
 * Finds a subscription in what somebody pasted: an address with user name and password in it, labelled lines, or three bare
 * lines. Null if there is no address.
 */
export function accountIn(text: string): AccountFields | null {
  const addresses = (text.match(ADDRESS) ?? []).map((each) => each.replace(/[),.;]+$/, ''));
  for (const address of addresses) {
    const complete = fromAddress(address);
    if (complete) return complete;
  }
  const labelled = fromLabels(text);
  const url = addresses[0] ?? labelled.url ?? '';
  if (url === '') return null;
  if (labelled.username !== undefined || labelled.password !== undefined) {
    const { username = '', password = '', port } = labelled;
    return { url: withPort(url, port), username, password };
  }
  const [username = '', password = ''] = bareWordsAfter(text, url);
  return { url, username, password };
}

/** Of an address such as http://panel/get.php?username=…&password=…, the panel and the two; null for any other. */
function fromAddress(address: string): AccountFields | null {
  if (!URL.canParse(address)) return null;
  const { origin, pathname, searchParams } = new URL(address);
  const username = searchParams.get('username');
  const password = searchParams.get('password');
  if (!username || !password) return null;
  return { url: origin + pathname.replace(/\/[^/]*$/, ''), username, password };
}

function fromLabels(text: string): Partial<Record<keyof typeof labels, string>> {
  const found: Partial<Record<keyof typeof labels, string>> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^[^\p{L}]*(\p{L}[\p{L}'’ -]*?)\s*(?:[:=➜→]|->|=>)+\s*(\S+)\s*$/u.exec(line);
    const [, label, value] = match ?? [];
    if (label === undefined || value === undefined) continue;
    for (const name of ['url', 'username', 'password', 'port'] as const)
      if (labels[name].test(label.toLowerCase())) found[name] ??= value;
  }
  return found;
}

function withPort(address: string, port: string | undefined): string {
  if (port === undefined || !/^\d+$/.test(port)) return address;
  const [, origin, rest = ''] = /^((?:https?:\/\/)?[^/]+)(.*)$/i.exec(address) ?? [];
  return origin === undefined || /:\d+$/.test(origin) ? address : `${origin}:${port}${rest}`;
}

/** The lines of one word below the address. */
function bareWordsAfter(text: string, address: string): string[] {
  return text
    .slice(text.indexOf(address) + address.length)
    .split(/\s*\n\s*/)
    .map((line) => line.trim())
    .filter((line) => /^\S+$/.test(line) && !/^https?:/i.test(line));
}
