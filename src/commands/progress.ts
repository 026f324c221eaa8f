import type { Programme } from '../domain/channel.ts';

const CELLS = 10;

/** How much of a programme is over, as text: "▰▰▰▰▱▱▱▱▱▱ 42 %". */
export function progressBar({ start, stop }: Pick<Programme, 'start' | 'stop'>, now: number): string {
  const part = stop > start ? Math.min(1, Math.max(0, (now - start) / (stop - start))) : 0;
  const filled = Math.floor(part * CELLS);
  return `${'▰'.repeat(filled)}${'▱'.repeat(CELLS - filled)} ${Math.floor(part * 100)} %`;
}
