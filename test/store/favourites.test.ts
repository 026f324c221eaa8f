import { beforeEach, describe, expect, it } from 'vitest';
import { channelId, mainAccount } from '../../src/domain/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type Favourite, Favourites } from '../../src/store/favourites.ts';

const tf1 = { channelId: 1, channelName: 'TF1 HD' };
const arte = { channelId: 3, channelName: 'Arte' };

const stored = ({ channelId: number, channelName }: Favourite) => ({
  channelId: channelId(mainAccount, number),
  channelName,
});

let favourites: Favourites;
beforeEach(() => {
  favourites = new Favourites(openDatabase(':memory:'));
});

describe('Favourites', () => {
  it('are separate for each person, in the order in which they were added', () => {
    favourites.add('discord:1', arte, 10);
    favourites.add('discord:1', tf1, 20);
    favourites.add('telegram:1', tf1, 5);
    expect(favourites.of('discord:1')).toEqual([arte, tf1]);
    expect(favourites.of('telegram:1')).toEqual([tf1]);
  });

  it('are stored once, however often they are added', () => {
    favourites.add('discord:1', tf1, 10);
    favourites.add('discord:1', { ...tf1, channelName: 'TF1 FHD' }, 20);
    expect(favourites.of('discord:1')).toEqual([{ channelId: 1, channelName: 'TF1 FHD' }]);
  });

  it('can be removed', () => {
    favourites.add('discord:1', tf1, 10);
    favourites.add('telegram:1', tf1, 10);
    favourites.remove('discord:1', 1);
    expect(favourites.of('discord:1')).toEqual([]);
    expect(favourites.of('telegram:1')).toEqual([tf1]);
  });

  it('move with their channel for everybody, even for a person who has the new one already', () => {
    favourites.add('discord:1', tf1, 10);
    favourites.add('discord:2', tf1, 10);
    favourites.add('discord:2', { channelId: 901, channelName: 'TF1 HD' }, 20);
    favourites.move([{ from: stored(tf1), to: stored({ ...tf1, channelId: 901 }) }]);
    for (const person of ['discord:1', 'discord:2'])
      expect(favourites.of(person)).toEqual([{ channelId: 901, channelName: 'TF1 HD' }]);
  });

  it('move correctly if two channels swap ids', () => {
    favourites.add('discord:1', tf1, 10);
    favourites.add('discord:1', arte, 20);
    favourites.move([
      { from: stored(tf1), to: stored({ ...tf1, channelId: 3 }) },
      { from: stored(arte), to: stored({ ...arte, channelId: 1 }) },
    ]);
    expect(favourites.of('discord:1')).toEqual([
      { ...tf1, channelId: 3 },
      { ...arte, channelId: 1 },
    ]);
  });
});
