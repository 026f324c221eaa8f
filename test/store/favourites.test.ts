import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { Favourites } from '../../src/store/favourites.ts';
import { mainId } from '../fakes/main-id.ts';

const tf1 = { channelId: mainId(1), channelName: 'TF1 HD' };
const arte = { channelId: mainId(3), channelName: 'Arte' };

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
    expect(favourites.of('discord:1')).toEqual([{ channelId: mainId(1), channelName: 'TF1 FHD' }]);
  });

  it('can be removed', () => {
    favourites.add('discord:1', tf1, 10);
    favourites.add('telegram:1', tf1, 10);
    favourites.remove('discord:1', mainId(1));
    expect(favourites.of('discord:1')).toEqual([]);
    expect(favourites.of('telegram:1')).toEqual([tf1]);
  });

  it('move with their channel for everybody, even for a person who has the new one already', () => {
    favourites.add('discord:1', tf1, 10);
    favourites.add('discord:2', tf1, 10);
    favourites.add('discord:2', { channelId: mainId(901), channelName: 'TF1 HD' }, 20);
    favourites.move([{ from: tf1, to: { ...tf1, channelId: mainId(901) } }]);
    for (const person of ['discord:1', 'discord:2'])
      expect(favourites.of(person)).toEqual([{ channelId: mainId(901), channelName: 'TF1 HD' }]);
  });

  it('move correctly if two channels swap ids', () => {
    favourites.add('discord:1', tf1, 10);
    favourites.add('discord:1', arte, 20);
    favourites.move([
      { from: tf1, to: { ...tf1, channelId: mainId(3) } },
      { from: arte, to: { ...arte, channelId: mainId(1) } },
    ]);
    expect(favourites.of('discord:1')).toEqual([
      { ...tf1, channelId: mainId(3) },
      { ...arte, channelId: mainId(1) },
    ]);
  });
});
