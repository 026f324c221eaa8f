import { beforeEach, describe, expect, it } from 'vitest';
import type { ChannelChoice } from '../../src/domain/channel-choice.ts';
import { ChannelChoices } from '../../src/store/channel-choices.ts';
import { openDatabase } from '../../src/store/database.ts';
import { mainId } from '../fakes/main-id.ts';

const tf1 = { channelId: mainId(1), channelName: 'TF1 HD' };
const arte = { channelId: mainId(3), channelName: 'Arte' };
const nothing: ChannelChoice = { called: null, number: null, isHidden: false };
const named: ChannelChoice = { called: { name: 'La Une', country: 'FR' }, number: 101, isHidden: false };
const hidden: ChannelChoice = { ...nothing, isHidden: true };

let database: ReturnType<typeof openDatabase>;
let choices: ChannelChoices;
beforeEach(() => {
  database = openDatabase(':memory:');
  choices = new ChannelChoices(database);
  choices.put([
    { ...tf1, choice: named, isAlone: false },
    { ...arte, choice: hidden, isAlone: true },
  ]);
});

describe('what was chosen for channels', () => {
  it('lasts until it is forgotten or chooses nothing any more, also over a restart', () => {
    const stored = [
      { ...tf1, choice: named, isAlone: false },
      { ...arte, choice: hidden, isAlone: true },
    ];
    expect(choices.all()).toEqual(stored);
    expect(new ChannelChoices(database).all()).toEqual(stored);
    choices.put([{ ...tf1, choice: nothing, isAlone: false }]);
    expect(choices.all()).toEqual(stored.slice(1));
    choices.forget([arte.channelId]);
    expect(choices.all()).toEqual([]);
  });

  it('follows its channels, also where two swap ids, and stays where one has left', () => {
    const moves = [
      { from: tf1, to: { ...tf1, channelId: mainId(3) } },
      { from: arte, to: { ...arte, channelId: mainId(1) } },
    ];
    choices.move(moves);
    choices.move(moves);
    choices.move([{ from: { ...arte, channelId: mainId(1) }, to: null }]);
    expect(choices.all()).toMatchObject([
      { channelId: mainId(1), choice: hidden },
      { channelId: mainId(3), choice: named },
    ]);
    expect(choices.remembered()).toContainEqual({ ...tf1, channelId: mainId(3) });
  });
});
