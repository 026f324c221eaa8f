import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { RecordingRules } from '../../src/store/recording-rules.ts';
import { mainId } from '../fakes/main-id.ts';

it('rules are kept as they were given, and follow their channel', () => {
  const rules = new RecordingRules(openDatabase(':memory:'));
  const tf1 = { channelId: mainId(1), channelName: 'TF1 HD' };
  const by = { id: 'discord:1', name: 'Ana' };
  const news = rules.add({
    title: 'News',
    match: 'words',
    channel: tf1,
    isNewOnly: true,
    by,
    role: 'viewer',
    createdAt: 5,
  });
  const film = rules.add({
    title: 'Film',
    match: 'exact',
    channel: null,
    isNewOnly: false,
    by,
    role: 'controller',
    createdAt: 6,
  });
  expect(rules.all()).toEqual([news, film]);
  expect(rules.remembered()).toEqual([tf1]);
  const moved = { channelId: mainId(901), channelName: 'TF1 FHD' };
  rules.move([{ from: tf1, to: moved }]);
  expect(rules.all()[0]?.channel).toEqual(moved);
  rules.change(film.id, { title: 'Films', match: 'words', channel: moved, isNewOnly: true });
  const changed = { ...film, title: 'Films', match: 'words', channel: moved, isNewOnly: true };
  expect(rules.all()[1]).toEqual(changed);
  expect([rules.remove(news.id), rules.remove(news.id)]).toEqual([true, false]);
  expect(rules.all()).toEqual([changed]);
});
