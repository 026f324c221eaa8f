import { beforeEach, expect, it } from 'vitest';
import { ChatMoves } from '../../src/store/chat-moves.ts';
import { openDatabase } from '../../src/store/database.ts';
import { TelegramGroups } from '../../src/store/telegram-groups.ts';

const BOT = '42';
let groups: TelegramGroups;
let moves: ChatMoves;
beforeEach(() => {
  const database = openDatabase(':memory:');
  groups = new TelegramGroups(database);
  moves = new ChatMoves(database);
});

it('lists the groups of a bot by title, and none of another bot', () => {
  groups.put(BOT, { id: '-2', title: 'Film night' }, 1);
  groups.put(BOT, { id: '-1', title: 'Club' }, 2);
  groups.put('43', { id: '-3', title: 'Elsewhere' }, 3);
  groups.put(BOT, { id: '-2', title: 'Film nights' }, 4);
  expect(groups.of(BOT)).toEqual([
    { id: '-1', title: 'Club', formerId: null },
    { id: '-2', title: 'Film nights', formerId: null },
  ]);
  groups.forget(BOT, '-1');
  expect(groups.of(BOT).map(({ id }) => id)).toEqual(['-2']);
});

it('keeps a group that became a supergroup, with its former id', () => {
  groups.put(BOT, { id: '-5', title: 'Club' }, 1);
  // The message from the supergroup may come first.
  groups.put(BOT, { id: '-1005', title: 'Club' }, 2);
  groups.move(BOT, '-5', '-1005');
  moves.put({ from: '-5', to: '-1005' }, 3);
  expect(groups.of(BOT)).toEqual([{ id: '-1005', title: 'Club', formerId: '-5' }]);
});

it('keeps the last 200 groups, since anybody can add a bot to groups', () => {
  for (let number = 1; number <= 205; number++)
    groups.put(BOT, { id: `-${number}`, title: `${number}` }, Math.ceil(number / 10));
  const kept = groups.of(BOT).map(({ id }) => -Number(id));
  expect(kept).toHaveLength(200);
  expect(Math.min(...kept)).toBe(6);
});
