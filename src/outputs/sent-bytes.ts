import type { ServerResponse } from 'node:http';

/**
 * hls: live segments · ts: screens without end · rewind: segments of the past · edge: what caches take · recordings · links:
 * private links · clients: channels and their past, for clients.
 */
export const countedOutputs = ['hls', 'ts', 'rewind', 'edge', 'recordings', 'links', 'clients'] as const;
export type CountedOutput = (typeof countedOutputs)[number];

/** An answer that is under way, and what its connection had sent before it. */
interface Followed {
  readonly sent: () => number;
  readonly before: number;
}

/** Counts the bytes that each output sends. Adding is a sum, and long answers are read from their connections when asked. */
export class SentBytes {
  readonly #sums = new Map<CountedOutput, number>(countedOutputs.map((output) => [output, 0]));
  readonly #open = new Map<CountedOutput, Set<Followed>>(countedOutputs.map((output) => [output, new Set()]));

  /** Counts an answer that is in memory. */
  add(output: CountedOutput, bytes: number): void {
    this.#sums.set(output, (this.#sums.get(output) ?? 0) + bytes);
  }

  /** Counts an answer that goes on, from now until it closes. */
  follow(output: CountedOutput, response: Pick<ServerResponse, 'socket' | 'destroyed' | 'once'>): void {
    const { socket } = response;
    if (response.destroyed || !socket) return;
    // Answers that tests inject have no real connection.
    const sent = () => socket.bytesWritten ?? 0;
    const followed = { sent, before: sent() };
    const open = this.#open.get(output);
    open?.add(followed);
    response.once('close', () => {
      open?.delete(followed);
      this.add(output, sentOf(followed));
    });
  }

  /** Bytes since the start of the process. */
  total(output: CountedOutput): number {
    const open = [...(this.#open.get(output) ?? [])];
    return open.reduce((sum, each) => sum + sentOf(each), this.#sums.get(output) ?? 0);
  }

  /** Answers that are under way. */
  openOf(output: CountedOutput): number {
    return this.#open.get(output)?.size ?? 0;
  }
}

function sentOf({ sent, before }: Followed): number {
  return Math.max(0, sent() - before);
}
