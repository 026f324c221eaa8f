import { afterEach, describe, expect, it } from 'vitest';
import { neighbours } from '../../src/catalogue/neighbours.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { channelsOf } from '../commands/asking.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const ana = { id: 'discord:1', name: 'Ana' };
/** A list with variants between other channels and a second category in the middle. */
const channels: readonly Channel[] = channelsOf([
  ...['FR: TF1 FHD', 'FR: France 2 HD', 'FR: TF1 HD', '##### SPORT #####', 'FR: Arte', 'DE: RTL', 'FR: M6'],
]).map((each) => (each.name.startsWith('DE') ? { ...each, categoryId: '4' } : each));
const idOf = (name: string) => channels.find((each) => each.name.includes(name))?.id ?? mainId(0);

let fake: FakeHttp;
const start = async () => {
  fake = await startFakeHttp({
    channels,
    categories: [
      { id: '3', name: 'France' },
      { id: '4', name: 'Germany' },
    ],
  });
};
afterEach(() => fake.stop());

const beside = (name: string, askedBy = ana) => {
  const { up, down } = neighbours(fake.context, idOf(name), askedBy);
  return [down?.name ?? null, up?.name ?? null];
};

describe('channel up and down', () => {
  it.each([
    ['TF1 FHD', 'M6', 'France 2'],
    ['TF1 HD', 'M6', 'France 2'],
    ['France 2', 'TF1', 'Arte'],
    ['Arte', 'France 2', 'M6'],
    ['M6', 'Arte', 'TF1'],
  ])('lead from %s to %s and %s for any variant', async (name, down, up) => {
    await start();
    expect(beside(name)).toEqual([down, up]);
  });

  it('lead nowhere from the only channel of a category and from an unknown channel', async () => {
    await start();
    expect(beside('RTL')).toEqual([null, null]);
    expect(beside('no such channel')).toEqual([null, null]);
  });

  it('lead through the asker’s favourites if the channel is one of them', async () => {
    await start();
    const { favourites } = fake.context;
    for (const [at, name] of ['M6', 'RTL', 'TF1 HD'].entries())
      favourites.add(ana.id, { channelId: idOf(name), channelName: name }, at);
    expect(beside('RTL')).toEqual(['M6', 'TF1']);
    expect(beside('TF1 FHD')).toEqual(['RTL', 'M6']);
    expect(beside('Arte')).toEqual(['France 2', 'M6']);
    expect(beside('RTL', { id: 'discord:2', name: 'Bob' })).toEqual([null, null]);
  });
});
