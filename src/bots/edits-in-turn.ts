import PQueue from 'p-queue';

/** Runs the jobs that change a place's messages one after another: of two at once, the older could arrive last. */
export class EditsInTurn {
  readonly #queues = new Map<string, PQueue>();
  /** The newest job of each message. */
  readonly #newest = new Map<string, symbol>();

  async take<T>(place: string, job: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(place) ?? new PQueue({ concurrency: 1 });
    this.#queues.set(place, queue);
    try {
      return await queue.add(job);
    } finally {
      if (queue.size + queue.pending === 0 && this.#queues.get(place) === queue) this.#queues.delete(place);
    }
  }

  /** Like `take`, for a job that replaces a whole message: skipped if a newer one arrives while it waits. */
  async replace(place: string, message: string, job: () => Promise<void>): Promise<void> {
    const key = `${place}/${message}`;
    const mine = Symbol(key);
    this.#newest.set(key, mine);
    await this.take(place, async () => {
      if (this.#newest.get(key) !== mine) return;
      this.#newest.delete(key);
      await job();
    });
  }
}
