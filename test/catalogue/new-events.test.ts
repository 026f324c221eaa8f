import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { NewEvents } from '../../src/catalogue/new-events.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { EventNames } from '../../src/store/event-names.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const idle = ['PPV 1:', 'PPV 2:', 'PPV 3:', 'PPV 4:', 'PPV 5:', 'PPV 6:'];
let names: EventNames;
let listed: readonly string[];
let firstId: number;
let catalogue: Catalogue;
let events: NewEvents;
let told: string[];

function start(): void {
  const clock = new FakeClock();
  const lineup = async () => ({
    categories: [],
    dropped: 0,
    channels: listed.map((name, at) => ({
      ...{ id: mainId(firstId + at), number: at, name, categoryId: null },
      ...{ logo: null, epgId: null, archiveDays: 0 },
    })),
  });
  const store = { load: async () => null, save: async () => {} };
  const accounts = [{ id: mainAccount, provider: { lineup }, store }];
  catalogue = new Catalogue({ accounts, clock, log: silentLogger });
  events = new NewEvents({ catalogue, names, clock, logger: silentLogger });
  events.subscribe((found) => told.push(...found.map(({ text }) => text)));
  events.start();
}

async function list(...given: string[]): Promise<readonly string[]> {
  listed = [...given, ...idle.slice(given.length)];
  told = [];
  await catalogue.refresh({ force: true }).catch(() => {});
  return told;
}

beforeEach(() => {
  names = new EventNames(openDatabase(':memory:'));
  firstId = 1;
  start();
});
afterEach(async () => {
  events.stop();
  await catalogue.stop();
});

describe('new events', () => {
  it('are told once, and not those of the first list', async () => {
    expect(await list('PPV 1: Fury - Usyk')).toEqual([]);
    expect(await list('PPV 1: Fury - Usyk', 'PPV 2: UFC 300 04:00')).toEqual(['UFC 300 04:00']);
    expect(await list('PPV 1: UFC 300 - 04:00', 'PPV 2:')).toEqual([]);
    expect(await list()).toEqual([]);
    expect(await list('PPV 1: Fury - Usyk', 'PPV 2: UFC 300 04:00', 'PPV 3: Golf')).toEqual(['Golf']);
  });

  it('are not told again after a restart, a renumbering or an empty list', async () => {
    await list();
    await list('PPV 1: Fury - Usyk');
    events.stop();
    await catalogue.stop();
    firstId = 500;
    start();
    expect(await list('PPV 1: Fury - Usyk', 'PPV 2: UFC 300')).toEqual(['UFC 300']);
    firstId = 900;
    expect(await list('PPV 1: UFC 300', 'PPV 2: Fury - Usyk')).toEqual([]);
    listed = [];
    await catalogue.refresh().catch(() => {});
    expect(await list('PPV 1: Fury - Usyk', 'PPV 2: UFC 300')).toEqual([]);
  });
});
