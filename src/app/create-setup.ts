import type { FirstStart } from '../access/first-start.ts';
import type { Sessions } from '../access/sessions-and-login-links.ts';
import { type AuditContext, writeAudit } from '../actions/audit.ts';
import { chooseWatching, type Watching } from '../actions/choose-watching.ts';
import { requireRole } from '../actions/rights.ts';
import type { Config } from '../config/config.ts';
import type { Settings } from '../config/settings.ts';
import { tidyValue } from '../config/tidy-value.ts';
import { tryAddress } from '../doctor/try-address.ts';
import type { OwnAccount } from '../domain/ids.ts';
import type { FrontDoor } from '../http/front-door.ts';
import type { SetupPort } from '../http/setup-port.ts';
import { isInContainer, ownAddresses } from '../lib/own-addresses.ts';
import { isLoopback, isReachableFromOutside } from '../lib/private-address.ts';
import type { CatalogueApi } from './create-catalogue.ts';

export interface SetupOptions {
  readonly settings: Settings;
  readonly audit: AuditContext;
  readonly firstStart: FirstStart;
  readonly sessions: Pick<Sessions, 'endLinks'>;
  readonly channels: Pick<CatalogueApi, 'lastAnswerOf'>;
  readonly accounts: OwnAccount;
  readonly door: Pick<FrontDoor, 'url'>;
  /** The id of this process. */
  readonly instance: string;
  /** Ends the process and starts it anew. */
  readonly restart: () => void;
}

/** What the set-up page shows and changes besides the account and the bots. */
export function createSetup(options: SetupOptions): SetupPort {
  const { settings, audit, firstStart, sessions, channels, accounts, door, instance, restart } = options;
  const inContainer = isInContainer();
  const addresses = (): string[] => {
    const { port } = new URL(door.url);
    return ownAddresses().map((address) => `http://${address}:${port}`);
  };
  const context = {
    ...audit,
    settings,
    firstStart,
    sessions,
    // The proxy is another container, or on this machine.
    trustedProxy: inContainer ? 'loopback,uniquelocal' : 'loopback',
  };
  return {
    get locked() {
      return settings.list().flatMap(({ name, source }) => (source === 'environment' ? name : []));
    },
    get needsRestart() {
      return settings.list().flatMap(({ name, needsRestart }) => (needsRestart ? name : []));
    },
    get account() {
      return channels.lastAnswerOf(accounts.id);
    },
    get watching() {
      return watchingOf(settings.current);
    },
    get addresses() {
      return addresses();
    },
    get port() {
      return Number(new URL(door.url).port);
    },
    isInContainer: inContainer,
    choose: (watching, by, askedAt) => {
      // An address that works for the asker is the best; nobody else reaches a container's own.
      const houseUrl = askedAt ?? (inContainer ? null : (addresses()[0] ?? null));
      return chooseWatching({ ...context, houseUrl }, watching, by);
    },
    // A page of ours, as an address bar has it, is left out as when it is set.
    tryAddress: (typed) => tryAddress(tidyValue('PUBLIC_URL', typed), instance),
    restart: (by) => {
      requireRole(by, 'administer');
      writeAudit(audit, by, 'server_restart');
      // The answer goes out first.
      setTimeout(restart, 200);
    },
  };
}

function watchingOf({ host, publicUrl, viewerAccess: access }: Config): Watching {
  if (publicUrl !== null && isReachableFromOutside(new URL(publicUrl).hostname))
    return { where: 'internet', access, publicUrl };
  return { where: isLoopback(host) ? 'here' : 'house', access, publicUrl: null };
}
