import type { AccountFields, AccountNote } from '../../domain/account-trial.ts';
import { AppError } from '../../domain/errors.ts';
import type { XtreamAccount } from '../address.ts';
import { decoded } from './find-address.ts';
import { type FieldLook, lookIntoField } from './look-into-field.ts';
import { tidyText } from './tidy-text.ts';

/** An account as it was understood from what somebody typed or pasted. */
export interface ReadAccount {
  readonly account: XtreamAccount;
  /** The account with its typed user name and password URL-decoded; null if that changes nothing. */
  readonly decoded: XtreamAccount | null;
  readonly notes: readonly AccountNote[];
}

const MAC = /\b(?:[\da-f]{2}:){5}[\da-f]{2}\b/i;

/**
 * Reads the fields of a subscription as people fill them: an address of the panel in any of its forms, or one pasted text in any
 * field.
 * @throws AppError trial_empty, trial_no_address, trial_address_wrong, trial_no_username, trial_no_password, trial_m3u, trial_mac
 */
export function readAccount(fields: AccountFields): ReadAccount {
  const isAlone =
    [fields.url, fields.username, fields.password].filter((raw) => raw.trim() !== '').length === 1;
  const url = lookIntoField(fields.url, 'address', isAlone);
  const username = lookIntoField(fields.username, 'username', isAlone);
  const password = lookIntoField(fields.password, 'password', isAlone);
  const looks = [url, username, password];
  if (looks.every(({ text }) => text === '')) throw new AppError('trial_empty');

  const place = placeOfAddress(url, [username, password]);
  const address = place?.address;
  const text = looks.map((look) => look.text).join('\n');
  const sure = looks.find(({ address: own }) => own?.isSure)?.address;
  const typed = (look: FieldLook, name: 'username' | 'password') => {
    // The address is in this field, so this field's value may be in the address's.
    const own = look === place && look !== url && !url.isPaste ? url : look;
    if (own === place || own.isPaste) return own[name];
    return own.text === '' || own.address?.hasScheme ? null : own.text;
  };
  const typedName = typed(username, 'username');
  const typedPassword = typed(password, 'password');
  const pasted = (name: 'username' | 'password') =>
    sure?.[name] ?? looks.find((look) => look.isPaste && look[name])?.[name] ?? null;
  const name = pasted('username') ?? typedName ?? address?.username ?? null;
  const secret = pasted('password') ?? typedPassword ?? address?.password ?? null;

  const isList = address?.isM3u || text.startsWith('#EXTM3U');
  if (!name && !secret && isList) throw new AppError('trial_m3u');
  if (!(name && secret) && MAC.test(text)) throw new AppError('trial_mac');
  if (!address)
    throw new AppError(url.text === '' || url.isPaste ? 'trial_no_address' : 'trial_address_wrong');
  if (!name) throw new AppError('trial_no_username');
  if (!secret) throw new AppError('trial_no_password');

  const notes = new Set<AccountNote>();
  if (looks.some(({ isPaste, wasUntidy }) => !isPaste && wasUntidy)) notes.add('cleaned');
  if (looks.some((look) => look.isPaste && !look.isAddress)) notes.add('from_text');
  else if (typedName !== name || typedPassword !== secret) notes.add('from_address');
  if (place === username && !place.isPaste) notes.add('address_in_username');
  if (place === password && !place.isPaste) notes.add('address_in_password');
  const isOverruled = (own: string | null, used: string) => own !== null && own !== used;
  if (isOverruled(typedName, name) || isOverruled(typedPassword, secret)) notes.add('address_over_fields');

  const account = { baseUrl: address.baseUrl, username: name, password: secret };
  const plain = {
    ...account,
    username: name === typedName ? decodedValue(name) : name,
    password: secret === typedPassword ? decodedValue(secret) : secret,
  };
  const isSame = plain.username === name && plain.password === secret;
  return { account, decoded: isSame ? null : plain, notes: [...notes] };
}

/** A typed value without its URL encoding; a value that is not encoded stays as it is. */
function decodedValue(value: string): string {
  const plain = decoded(value);
  return plain !== '' && tidyText(plain) === plain ? plain : value;
}

/** The field with the address. A word of the address's field gives way to an address in another field. */
function placeOfAddress(url: FieldLook, others: readonly FieldLook[]): FieldLook | null {
  const own = url.address;
  if (own?.hasScheme) return url;
  const withScheme = others.find(({ address }) => address?.hasScheme);
  if (own && !own.isWeak) return withScheme ?? url;
  // A user name may have a dot.
  const isCertain = ({ address, isPaste }: FieldLook) => isPaste || address?.hasPort || url.text !== '';
  const other = withScheme ?? others.find((look) => look.address && isCertain(look));
  return other ?? (own ? url : null);
}
