import type { Programme } from '../domain/channel.ts';

type Times = Pick<Programme, 'start' | 'stop'>;

const CELLS = 10;

/** The progress of a programme as text: "▰▰▰▰▱▱▱▱▱▱ 42 %". */
export function progressBar(times: Times, now: number): string {
  return `${progressCells(times, now)} ${Math.floor(partOf(times, now) * 100)} %`;
}

/** The progress without the number: "▰▰▰▰▱▱▱▱▱▱". */
export function progressCells(times: Times, now: number): string {
  const filled = Math.floor(partOf(times, now) * CELLS);
  return '▰'.repeat(filled) + '▱'.repeat(CELLS - filled);
}

/** When the next cell fills or the programme ends, in epoch milliseconds. */
export function nextCellAt(times: Times, now: number): number {
  const filled = Math.floor(partOf(times, now) * CELLS);
  return Math.ceil(times.start + ((filled + 1) * (times.stop - times.start)) / CELLS);
}

function partOf({ start, stop }: Times, now: number): number {
  return stop > start ? Math.min(1, Math.max(0, (now - start) / (stop - start))) : 0;
}
