import { type AccountId, accountId, mainAccount } from './ids.ts';

/** Further subscriptions: the first one has no number in its settings. */
const xtreamNumbers = [2, 3, 4, 5] as const;
const listNumbers = [1, 2, 3, 4, 5] as const;

type XtreamPrefix = `XTREAM_${(typeof xtreamNumbers)[number]}`;
type ListPrefix = `M3U_${(typeof listNumbers)[number]}`;
export type FurtherUrlName = `${XtreamPrefix}_URL`;
export type ListUrlName = `${ListPrefix}_URL`;
export type FurtherLoginName = `${XtreamPrefix}_${'USERNAME' | 'PASSWORD'}`;
export type FurtherConnectionsName = `${XtreamPrefix | ListPrefix}_MAX_CONNECTIONS`;

/** The settings of one subscription with a user name, by what they hold. */
export interface XtreamSettingNames {
  readonly id: AccountId;
  readonly kind: 'xtream';
  /** 1 for the account of `XTREAM_*`. */
  readonly number: number;
  readonly url: 'XTREAM_URL' | `${XtreamPrefix}_URL`;
  readonly username: 'XTREAM_USERNAME' | `${XtreamPrefix}_USERNAME`;
  readonly password: 'XTREAM_PASSWORD' | `${XtreamPrefix}_PASSWORD`;
  readonly maxConnections: 'XTREAM_MAX_CONNECTIONS' | `${XtreamPrefix}_MAX_CONNECTIONS`;
}

/** The settings of one M3U list. */
export interface ListSettingNames {
  readonly id: AccountId;
  readonly kind: 'm3u';
  readonly number: number;
  readonly url: `${ListPrefix}_URL`;
  readonly maxConnections: `${ListPrefix}_MAX_CONNECTIONS`;
}

export type AccountSettingNames = XtreamSettingNames | ListSettingNames;

const furtherXtream = xtreamNumbers.map(
  (number) =>
    ({
      id: accountId(`x${number}`),
      kind: 'xtream',
      number,
      url: `XTREAM_${number}_URL`,
      username: `XTREAM_${number}_USERNAME`,
      password: `XTREAM_${number}_PASSWORD`,
      maxConnections: `XTREAM_${number}_MAX_CONNECTIONS`,
    }) as const,
);
const lists = listNumbers.map(
  (number) =>
    ({
      id: accountId(`m${number}`),
      kind: 'm3u',
      number,
      url: `M3U_${number}_URL`,
      maxConnections: `M3U_${number}_MAX_CONNECTIONS`,
    }) as const,
);

/** Every account that the settings may name, in the order in which accounts count unless the owner gives another one. */
export const accountSettings: readonly AccountSettingNames[] = [
  {
    id: mainAccount,
    kind: 'xtream',
    number: 1,
    url: 'XTREAM_URL',
    username: 'XTREAM_USERNAME',
    password: 'XTREAM_PASSWORD',
    maxConnections: 'XTREAM_MAX_CONNECTIONS',
  },
  ...furtherXtream,
  ...lists,
];

export const furtherUrlNames: readonly FurtherUrlName[] = furtherXtream.map(({ url }) => url);
export const listUrlNames: readonly ListUrlName[] = lists.map(({ url }) => url);
export const furtherLoginNames: readonly FurtherLoginName[] = furtherXtream.flatMap(
  ({ username, password }) => [username, password],
);
export const furtherConnectionsNames: readonly FurtherConnectionsName[] = [...furtherXtream, ...lists].map(
  ({ maxConnections }) => maxConnections,
);

/** The settings of all accounts but that of `XTREAM_*`, account by account. */
export const furtherAccountSettings: readonly (
  | FurtherUrlName
  | ListUrlName
  | FurtherLoginName
  | FurtherConnectionsName
)[] = [
  ...furtherXtream.flatMap(({ url, username, password, maxConnections }) => [
    ...[url, username, password],
    maxConnections,
  ]),
  ...lists.flatMap(({ url, maxConnections }) => [url, maxConnections]),
];

/** An account's place by its kind and number, whatever the owner's order; -1 for the demo. */
export function usualPlaceOf(account: AccountId): number {
  return accountSettings.findIndex(({ id }) => id === account);
}

/** The names of one account's settings. */
export function settingNamesOf(names: AccountSettingNames): readonly string[] {
  const { url, maxConnections } = names;
  return names.kind === 'xtream'
    ? [url, names.username, names.password, maxConnections]
    : [url, maxConnections];
}
