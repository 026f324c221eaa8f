import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { GuideMatches } from '../../src/store/guide-matches.ts';
import { mainId } from '../fakes/main-id.ts';

const tf1 = { channelId: mainId(1), channelName: 'TF1 HD' };
const arte = { channelId: mainId(3), channelName: 'Arte' };

let database: ReturnType<typeof openDatabase>;
let matches: GuideMatches;
beforeEach(() => {
  database = openDatabase(':memory:');
  matches = new GuideMatches(database);
});

const chosen = (of: GuideMatches) => [1, 3, 9].map((id) => of.of(mainId(id)));

describe('guides chosen by hand', () => {
  it('last until they are forgotten, also over a restart', () => {
    matches.choose([tf1, arte], 'one.fr');
    matches.choose([arte], null);
    expect(chosen(matches)).toEqual(['one.fr', null, undefined]);
    expect(chosen(new GuideMatches(database))).toEqual(['one.fr', null, undefined]);
    matches.forget([tf1.channelId]);
    expect(chosen(matches)).toEqual([undefined, null, undefined]);
  });

  it('follow their channels, also where two swap ids', () => {
    matches.choose([tf1], 'one.fr');
    matches.choose([arte], 'two.fr');
    const moves = [
      { from: tf1, to: { ...tf1, channelId: mainId(3) } },
      { from: arte, to: { ...arte, channelId: mainId(1) } },
    ];
    matches.move(moves);
    matches.move(moves);
    expect(chosen(matches)).toEqual(['two.fr', 'one.fr', undefined]);
    expect(matches.remembered()).toContainEqual({ ...tf1, channelId: mainId(3) });
  });

  it('end with a channel whose id another one has now', () => {
    matches.choose([tf1], 'one.fr');
    matches.move([{ from: tf1, to: null }]);
    expect(chosen(matches)).toEqual([undefined, undefined, undefined]);
  });
});
