/** ready: the server sent the playlist · forbidden: the page's cookie has expired · down: no usable answer. */
export type Answer = 'ready' | 'forbidden' | 'down';

/** The requests that the reconnector makes. */
export interface ServerProbe {
  ask(signal: AbortSignal): Promise<Answer>;
  renewCookie(signal: AbortSignal): Promise<void>;
}

const RETRY_MS = 1_500;

/**
 * Asks the server until it answers again. The video is left alone meanwhile, so that its buffer plays out and the last
 * picture stays.
 */
export class Reconnector {
  private readonly line: ServerProbe;
  private readonly onReady: () => void;
  private running: AbortController | null = null;

  constructor(line: ServerProbe, onReady: () => void) {
    this.line = line;
    this.onReady = onReady;
  }

  /** Begins to ask after `delayMs`; does nothing if it is asking already. */
  request(delayMs: number): void {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    void this.run(delayMs, running.signal).finally(() => {
      if (this.running === running) this.running = null;
    });
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
  }

  private async run(delayMs: number, signal: AbortSignal): Promise<void> {
    await pause(delayMs, signal);
    while (!signal.aborted) {
      const answer = await this.line.ask(signal).catch((): Answer => 'down');
      if (signal.aborted) return;
      if (answer === 'ready') {
        this.running = null;
        this.onReady();
        return;
      }
      if (answer === 'forbidden') await this.line.renewCookie(signal).catch(() => undefined);
      await pause(answer === 'forbidden' ? RETRY_MS / 3 : RETRY_MS, signal);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
