import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Turns } from '../../src/lib/turns.ts';

it('one of several jobs runs in each turn of the event loop, in the order in which they asked', async () => {
  const turns = new Turns();
  let turn = 0;
  let isOver = false;
  const counted = (async () => {
    for (; !isOver; turn++) await setImmediate();
  })();
  const ranIn = await Promise.all(
    ['one', 'two', 'three'].map(async () => {
      await turns.next();
      return turn;
    }),
  );
  isOver = true;
  await counted;
  expect(new Set(ranIn).size).toBe(3);
  expect(ranIn).toEqual(ranIn.toSorted((a, b) => a - b));
});
