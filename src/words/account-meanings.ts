import { accountSettings, type furtherAccountSettings } from '../domain/account-settings.ts';
import { mainAccount } from '../domain/ids.ts';
import { fillIn } from './fill-in.ts';

/** What the settings of a further account are for; `{number}` is filled in. */
export interface AccountMeanings {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly maxConnections: string;
  readonly listUrl: string;
  readonly listMaxConnections: string;
}

type FurtherName = (typeof furtherAccountSettings)[number];

/** The meanings of the settings of all further accounts, by the settings' names. */
export function accountMeanings(meanings: AccountMeanings): Readonly<Record<FurtherName, string>> {
  const entries = accountSettings.flatMap((names): [string, string][] => {
    if (names.id === mainAccount) return [];
    const { url, maxConnections } = names;
    if (names.kind === 'm3u')
      return [
        [url, meanings.listUrl],
        [maxConnections, meanings.listMaxConnections],
      ];
    return [
      [url, meanings.url],
      [names.username, meanings.username],
      [names.password, meanings.password],
      [maxConnections, meanings.maxConnections],
    ];
  });
  const numberOf = (name: string) => Number(/\d/.exec(name)?.[0]);
  return Object.fromEntries(
    entries.map(([name, text]) => [name, fillIn(text, { number: numberOf(name) })]),
  ) as Record<FurtherName, string>;
}
