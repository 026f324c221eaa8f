import { recognise } from '../catalogue/find-again.ts';
import type { Config } from '../config/config.ts';
import type { ApplySettings, SettingsChange } from '../config/settings.ts';
import { accountSettings, settingNamesOf } from '../domain/account-settings.ts';
import { type Platform, platforms } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { type AccountId, accountOf } from '../domain/ids.ts';
import type { FrontDoor } from '../http/front-door.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { LineUp } from '../outputs/line-up.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { AccountsApi } from './create-accounts.ts';
import type { BotsApi } from './create-bots.ts';
import type { CatalogueApi } from './create-catalogue.ts';
import type { DiscoveryApi } from './create-discovery.ts';
import { listedIn, type PeopleApi } from './create-people.ts';

/** The parts that must be told of a change. All others ask for a setting whenever they need it. */
export interface SettingsFollowers {
  readonly accounts: AccountsApi;
  readonly channels: CatalogueApi;
  readonly screens: Pick<Screens, 'all'>;
  readonly people: PeopleApi;
  /** Null until they are made, with the settings of then. */
  readonly bots: () => BotsApi | null;
  readonly discovery: Pick<DiscoveryApi, 'follow'>;
  readonly lineUp: Pick<LineUp, 'refresh'>;
  readonly door: Pick<FrontDoor, 'move'>;
  readonly secrets: Pick<Secrets, 'add'>;
  readonly logger: Logger;
}

/** Settings with which a bot is made. */
const ofBots: Readonly<Record<Platform, readonly string[]>> = {
  discord: ['DISCORD_TOKEN', 'DISCORD_GUILD_ID', 'DISCORD_API_URL', 'DEFAULT_LANGUAGE'],
  telegram: ['TELEGRAM_TOKEN', 'TELEGRAM_API_URL', 'TELEGRAM_WEBHOOK', 'DEFAULT_LANGUAGE'],
};
const ofAccounts = [
  ...accountSettings.flatMap(settingNamesOf),
  'ACCOUNTS_OFF',
  'ACCOUNTS_ORDER',
  'XTREAM_USER_AGENT',
  'TLS_ACCEPT',
];
/** What is kept of the accounts' lists. */
const ofLists = ['HIDDEN_CATEGORIES', 'HIDDEN_CHANNELS', 'ONLY_CHANNELS'];
/** The lists, and the tokens without which they do not count. */
const ofPeople =
  /^(?:VIEWER_ACCESS|(?:DISCORD|TELEGRAM)_(?:TOKEN|(?:ADMIN|CONTROLLER|VIEWER)_(?:ROLES|IDS)))$/;

/**
 * Makes the running parts follow a change of the settings. What is on air stays on air, unless its account is replaced. Only
 * what can fail is waited for: the address to listen on, and the opening of the account.
 */
export function applySettings(parts: SettingsFollowers): ApplySettings {
  const { bots, discovery, door, lineUp, logger, people, screens, secrets } = parts;
  return async (change) => {
    const { before, after, names } = change;
    hideSecrets(after, secrets);
    if (names.has('HOST') || names.has('PORT')) await move(door, after);
    if (ofAccounts.some((name) => names.has(name))) await changeAccounts(parts, change);
    else if (ofLists.some((name) => names.has(name)))
      inBackground(parts.channels.catalogue.refresh({ force: true }));
    if (names.has('HDHOMERUN_DISCOVERY')) await discovery.follow(after);
    // It would notice when a player asks; Jellyfin asks once a day.
    if (names.has('XMLTV_URLS')) inBackground(parts.channels.followGuides());
    if (names.has('OUTPUT_CHANNELS')) lineUp.refresh();
    if (isStricter(before, after))
      people.access.gate.keepWatching(screens.all().flatMap(({ viewers }) => viewers.ids));
    if ([...names].some((name) => ofPeople.test(name)))
      people.access.listsChanged(listedIn(before), listedIn(after));
    for (const platform of platforms)
      if (isOfBot(platform, change)) inBackground(bots()?.startAnew(platform) ?? Promise.resolve());
  };

  function inBackground(job: Promise<unknown>): void {
    job.catch((err: unknown) => logger.error({ err }, 'a change of the settings could not be followed'));
  }
}

/** Registers what the settings hold for themselves; what belongs to the account and the bots is registered by these. */
export function hideSecrets(config: Config, secrets: Pick<Secrets, 'add'>): void {
  const { adminToken, edgeSecret, discord, telegram, jellyfin, xmltvUrls } = config;
  const addresses = [discord?.apiUrl, telegram?.apiUrl, jellyfin?.url, ...xmltvUrls];
  const passwords = addresses.map((url) => URL.parse(url ?? '')?.password);
  for (const secret of [
    adminToken,
    edgeSecret,
    discord?.login?.clientSecret,
    jellyfin?.apiKey,
    ...passwords,
    ...xmltvUrls,
  ])
    if (secret) secrets.add(secret);
}

async function move(door: Pick<FrontDoor, 'move'>, { host, port }: Config): Promise<void> {
  try {
    await door.move({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new AppError('address_in_use', { port }, { cause: error });
    throw new AppError('cannot_listen', { host, port }, { cause: error });
  }
}

function isStricter(before: Config, after: Config): boolean {
  const order = ['public', 'key', 'login'];
  return order.indexOf(after.viewerAccess) > order.indexOf(before.viewerAccess);
}

function isOfBot(platform: Platform, { after, names }: SettingsChange): boolean {
  const isWebhook = platform === 'telegram' && after.telegram?.isWebhook === true;
  return ofBots[platform].some((name) => names.has(name)) || (isWebhook && names.has('PUBLIC_URL'));
}

/** With the same login, such as a new password, what is on air goes on. Else the lists decide what becomes of it. */
async function changeAccounts(
  { accounts, channels, screens, logger }: SettingsFollowers,
  { after }: SettingsChange,
) {
  const change = await accounts.use(after);
  const { left } = change;
  void channels
    .changeAccounts(change)
    .then(async () => {
      await Promise.all(screens.all().map((screen) => followAccounts(screen, channels, left)));
      await change.end();
    })
    .catch((err: unknown) => logger.error({ err }, 'the former accounts could not be left'));
}

/** Puts the same channel of another login on a screen that shows one of an account that was left; where there is none, the slate. */
async function followAccounts(
  { broadcast }: Screen,
  { catalogue }: CatalogueApi,
  left: ReadonlySet<AccountId>,
): Promise<void> {
  const { item } = broadcast;
  if (!item || !left.has(accountOf(item.wish.channelId))) return;
  const { channelId, name } = item.wish;
  const { by, channel } = recognise(catalogue, { channelId, channelName: name });
  // An id alone says nothing: it is another login's.
  const list = channel && catalogue.lists.find(({ account }) => account === accountOf(channel.id));
  if (by === 'name' && list && !list.lastFailure)
    await broadcast.changeSource({ channelId: channel.id, name: channel.name }).catch(() => {});
  else await broadcast.stop();
}
