import { expect, it } from 'vitest';
import { progressBar } from '../../src/commands/progress.ts';

it.each([
  [0, '▱▱▱▱▱▱▱▱▱▱ 0 %'],
  [25, '▰▰▱▱▱▱▱▱▱▱ 25 %'],
  [99.9, '▰▰▰▰▰▰▰▰▰▱ 99 %'],
  [100, '▰▰▰▰▰▰▰▰▰▰ 100 %'],
  [150, '▰▰▰▰▰▰▰▰▰▰ 100 %'],
])('progressBar draws %d of 100', (now, bar) => {
  expect(progressBar({ start: 0, stop: 100 }, now)).toBe(bar);
});
