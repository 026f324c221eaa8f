import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { ChannelFollower } from '../../src/catalogue/channel-follower.ts';
import { liveScreen, mainAccount } from '../../src/domain/ids.ts';
import { type OutputChannels, offerNothing } from '../../src/domain/output-channels.ts';
import { LineUp } from '../../src/outputs/line-up.ts';
import { ChannelChoices } from '../../src/store/channel-choices.ts';
import { ChannelKeys } from '../../src/store/channel-keys.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Favourites } from '../../src/store/favourites.ts';
import type { Screen } from '../../src/stream/screen/screen.ts';
import { Screens } from '../../src/stream/screen/screens.ts';
import { FakeClock } from './fake-clock.ts';
import { mainId } from './main-id.ts';
import { screenFacts } from './screen-facts.ts';
import { silentLogger } from './silent-logger.ts';

/** A channel as the provider lists it. */
export interface ListedChannel {
  readonly id: number;
  readonly name: string;
  readonly category?: string;
  readonly number?: number;
  readonly logo?: string;
  readonly archiveDays?: number;
}

/** As far as a line-up looks at a screen. */
const liveOnly = { id: liveScreen, facts: screenFacts('live', 1, 'Live') } as Screen;

/** A line-up over a real catalogue, keys and favourites in memory. */
export class OfferedWorld {
  readonly database = openDatabase(':memory:');
  readonly keys = new ChannelKeys(this.database);
  readonly choices = new ChannelChoices(this.database);
  readonly favourites: Favourites;
  readonly clock = new FakeClock();
  readonly catalogue: Catalogue;
  readonly lineUp: LineUp;
  readonly #follower: ChannelFollower;
  readonly screens = new Screens([liveOnly], silentLogger);
  offered: OutputChannels = offerNothing;
  #listed: readonly ListedChannel[] = [];

  constructor() {
    const provider = {
      lineup: async () => ({
        categories: [
          { id: '7', name: 'FR| Infos' },
          { id: '5', name: 'FR| Général' },
        ],
        dropped: 0,
        channels: this.#listed.map(({ id, name, category, number, logo, archiveDays }) => ({
          id: mainId(id),
          number: number ?? null,
          name,
          categoryId: category ?? null,
          logo: logo ?? null,
          epgId: null,
          archiveDays: archiveDays ?? 0,
        })),
      }),
    };
    const store = { load: async () => null, save: async () => {} };
    this.catalogue = new Catalogue({
      accounts: [{ id: mainAccount, provider, store }],
      choices: { all: () => this.choices.all(), knowsIdsOf: () => true },
      clock: this.clock,
      log: silentLogger,
    });
    this.favourites = new Favourites(this.database, () => this.lineUp.refresh());
    const login = { isOther: () => false, note: () => {} };
    this.#follower = new ChannelFollower(this.catalogue, [this.favourites, this.keys], login, silentLogger);
    this.lineUp = new LineUp({
      screens: this.screens,
      catalogue: this.catalogue,
      keys: this.keys,
      favourites: () => this.favourites.remembered().map(({ channelId }) => channelId),
      offered: () => this.offered,
      followed: () => this.#follower.followed(),
      clock: this.clock,
      logger: silentLogger,
    });
    this.#follower.start();
    this.lineUp.start();
  }

  /** Takes a list over, and waits for what follows from it. */
  async list(channels: readonly ListedChannel[]): Promise<void> {
    this.#listed = channels;
    await this.catalogue.refresh({ force: true });
    await this.lineUp.settled();
  }

  async stop(): Promise<void> {
    await this.lineUp.stop();
    await this.#follower.stop();
    await this.catalogue.stop();
    this.database.close();
  }
}
