import { type FoundAddress, findAddresses, mendAddresses, toAddress } from './find-address.ts';
import { type Label, labelBefore, labelledValues, withoutLabel } from './labelled-values.ts';
import { tidyText, unwrap } from './tidy-text.ts';

/** What one field holds. */
export interface FieldLook {
  /** The tidied text. */
  readonly text: string;
  /** More than the field's own value: an address with access data, a message, a list. */
  readonly isPaste: boolean;
  /** Nothing but one address. */
  readonly isAddress: boolean;
  /** Characters, quotes or brackets were removed or replaced. */
  readonly wasUntidy: boolean;
  readonly address: FoundAddress | null;
  readonly username: string | null;
  readonly password: string | null;
}

/** The value that a field is for. */
type Field = 'address' | 'username' | 'password';

/** Longer texts are lists, whose beginning says enough. */
const LONGEST = 20_000;

/** Looks for everything that a field may hold. @param isAlone the other fields are empty. */
export function lookIntoField(raw: string, field: Field, isAlone: boolean): FieldLook {
  const text = unwrap(tidyText(raw.slice(0, LONGEST)));
  const untidy = wasUntidy(raw, text);
  const mended = withoutStars(mendAddresses(text));
  const addresses = findAddresses(mended);
  const rest = withoutAddresses(mended, addresses);
  const labels = labelledValues(rest);
  const words = rest.split(/[\s|]+/).filter((word) => word !== '');
  // Without labels, such as on three lines: address, user name, password.
  const isTriple =
    isAlone && !text.startsWith('#') && addresses.length === 1 && labels.size === 0 && words.length === 2;
  const isMessage =
    text.includes('\n') ||
    labels.size > 1 ||
    (labels.size > 0 && addresses.length > 0 && field !== 'address');
  const holdsLogin =
    addresses.some(({ isSure }) => isSure) ||
    (labels.has('username') && field === 'address' && /\s/.test(text));
  if (isMessage || holdsLogin || isTriple)
    return lookIntoPaste(text, mended, addresses, labels, isTriple ? words : []);
  if (field === 'address') {
    const address = addresses[0] ?? toAddress(unwrap(withPort(withoutLabel(mended, 'address'))));
    return {
      text,
      isPaste: false,
      isAddress: false,
      wasUntidy: untidy,
      address,
      username: null,
      password: null,
    };
  }
  const plain = unwrap(withoutLabel(text, field));
  const isDotted = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\/?$/.test(plain);
  const address = addresses[0] ?? (isDotted ? toAddress(plain) : null);
  return {
    text: plain,
    isPaste: false,
    isAddress: false,
    wasUntidy: untidy,
    address,
    username: null,
    password: null,
  };
}

/** @param others the user name and the password if nothing labels them. */
function lookIntoPaste(
  text: string,
  mended: string,
  addresses: readonly FoundAddress[],
  labels: ReadonlyMap<Label, string>,
  others: readonly string[],
): FieldLook {
  const labelled = labels.get('address');
  const found =
    addresses.find(({ isSure }) => isSure) ??
    addresses.find(({ start }) => labelBefore(mended.slice(0, start)) === 'address') ??
    (labelled === undefined ? null : toAddress(labelled)) ??
    addresses[0] ??
    null;
  const port = labels.get('port');
  const address = found && port && /^\d{1,5}$/.test(port) && !found.hasPort ? onPort(found, port) : found;
  const [first = null, second = null] = others.map(unwrap);
  const own = (name: 'username' | 'password') =>
    (address?.isSure ? address[name] : null) ?? labels.get(name) ?? address?.[name];
  return {
    text,
    isPaste: true,
    isAddress: found !== null && found.start === 0 && found.end === mended.length,
    wasUntidy: false,
    address,
    username: own('username') ?? first,
    password: own('password') ?? second,
  };
}

/** Chats mark bold text as "*Host:* …" or "**Host:** …". */
function withoutStars(text: string): string {
  return text.replace(/(?<=^|[\s:])(\*{1,2})([^\s*](?:[^*\n]*[^\s*])?)\1(?=$|[\s:])/gm, '$2');
}

/** "host 8080" is `host:8080`. */
function withPort(text: string): string {
  return text.replace(/^(\S+?)[/,;]? +(?:port *:? *)?(\d{2,5})$/i, '$1:$2');
}

function onPort(found: FoundAddress, port: string): FoundAddress {
  const url = new URL(found.baseUrl);
  url.port = port;
  return { ...found, baseUrl: url.href.replace(/\/+$/, '') };
}

function withoutAddresses(text: string, addresses: readonly FoundAddress[]): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of addresses) {
    rest += `${text.slice(at, start)} `;
    at = end;
  }
  return rest + text.slice(at);
}

/** Whether a text differs from the tidied one by more than its blanks. */
function wasUntidy(raw: string, text: string): boolean {
  return raw.replace(/\s+/g, '') !== text.replace(/\s+/g, '');
}
