import { describe, expect, it } from 'vitest';
import { type Box, type Direction, nearest } from '../../src/web/common/nearest.ts';

const box = (left: number, top: number, width = 40, height = 40): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

/** A list of three rows, each with a star and a button, beside a column and below a bar. */
const places: Readonly<Record<string, Box>> = {
  bar: box(0, 0, 600, 40),
  category1: box(0, 60, 100),
  category2: box(0, 110, 100),
  star1: box(400, 60),
  button1: box(460, 60, 120),
  star2: box(400, 130),
  button2: box(460, 130, 120),
  star3: box(400, 200),
};
const names = Object.keys(places);

function go(from: string, direction: Direction): string | null {
  const start = places[from];
  if (!start) throw new Error(from);
  const others = names.filter((name) => name !== from);
  const found = nearest(
    start,
    others.map((name) => places[name] ?? start),
    direction,
  );
  return others[found] ?? null;
}

describe('nearest', () => {
  it.each<[string, Direction, string | null]>([
    ['star1', 'down', 'star2'],
    ['star2', 'down', 'star3'],
    ['button1', 'down', 'button2'],
    ['button2', 'down', 'star3'],
    ['star2', 'up', 'star1'],
    ['star1', 'up', 'bar'],
    ['star1', 'right', 'button1'],
    ['button1', 'left', 'star1'],
    ['star1', 'left', 'category1'],
    ['category1', 'right', 'star1'],
    ['category1', 'down', 'category2'],
    ['star3', 'down', null],
    ['button1', 'right', null],
  ])('leads from %s %s to %s', (from, direction, expected) => {
    expect(go(from, direction)).toBe(expected);
  });

  it('finds only what lies straight ahead if asked to', () => {
    const boxes = [box(300, 100)];
    expect(nearest(box(0, 0), boxes, 'down')).toBe(0);
    expect(nearest(box(0, 0), boxes, 'down', true)).toBe(-1);
  });

  it('ignores a box that contains the start', () => {
    expect(nearest(box(100, 100), [box(0, 0, 400, 400)], 'down')).toBe(-1);
  });
});
