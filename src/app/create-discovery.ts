import type { Config } from '../config/config.ts';
import type { Settings } from '../config/settings.ts';
import type { DiscoveryState } from '../domain/discovery-state.ts';
import type { FrontDoor } from '../http/front-door.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { isLoopback } from '../lib/private-address.ts';
import { HdHomeRunDiscovery } from '../outputs/hdhomerun-discovery.ts';
import { tunersWith } from '../outputs/hdhomerun-documents.ts';
import type { AccountsApi } from './create-accounts.ts';
import type { Part } from './lifecycle.ts';

export interface DiscoveryApi {
  readonly state: DiscoveryState;
  /** Follows HDHOMERUN_DISCOVERY. Never rejects. */
  follow(config: Pick<Config, 'isDiscoverable'>): Promise<void>;
}

export interface DiscoveryParts {
  readonly settings: Pick<Settings, 'current'>;
  readonly deviceId: string;
  readonly accounts: Pick<AccountsApi, 'slots'>;
  readonly firstStart: { readonly isGuarded: boolean };
  readonly door: Pick<FrontDoor, 'listensAt' | 'url'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** UDP port, for tests. */
  readonly port?: number;
}

/** Lets players of the local network find this server as an HDHomeRun tuner, where they can watch without a key. */
export function createDiscovery(parts: DiscoveryParts): Part<DiscoveryApi> {
  const { settings, deviceId, accounts, firstStart, door, clock, logger, port } = parts;
  const isOpen = () => settings.current.viewerAccess === 'public' && !firstStart.isGuarded;
  const discovery = new HdHomeRunDiscovery({
    deviceId,
    describe: (ownAddress) =>
      isOpen() && door.listensAt(ownAddress)
        ? { id: deviceId, tuners: tunersWith(accounts.slots), baseUrl: urlAt(ownAddress, door.url) }
        : null,
    ...{ clock, logger },
    ...(port === undefined ? {} : { port }),
  });
  return {
    api: {
      get state() {
        if (discovery.state !== 'on') return discovery.state;
        if (!isOpen()) return 'key_needed';
        return isLoopback(settings.current.host) ? 'only_here' : 'on';
      },
      follow: ({ isDiscoverable }) => discovery.switch(isDiscoverable),
    },
    start: () => discovery.switch(settings.current.isDiscoverable),
    stop: () => discovery.switch(false),
  };
}

function urlAt(address: string, doorUrl: string): string {
  const { port } = new URL(doorUrl);
  return `http://${address}${port === '' ? '' : `:${port}`}`;
}
