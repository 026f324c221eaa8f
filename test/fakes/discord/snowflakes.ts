const epoch = 1_420_070_400_000n;

/** Makes ids like Discord's: the time in the upper bits, then a count. */
export class Snowflakes {
  readonly #now: () => number;
  #count = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    this.#count += 1n;
    return (((BigInt(Math.floor(this.#now())) - epoch) << 22n) | (this.#count & 0x3fffffn)).toString();
  }
}

/** Rejects ids that a client library would not recognise in a path. */
export function checkSnowflake(id: string, what: string): string {
  if (!/^[1-9]\d{16,19}$/.test(id))
    throw new TypeError(`The id of ${what} must have 17 to 20 digits: "${id}".`);
  return id;
}
