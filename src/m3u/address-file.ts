import { createCipheriv, createDecipheriv, type DecipherGCM, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type ChannelId, isChannelId } from '../domain/ids.ts';
import { ChannelAddresses } from './channel-addresses.ts';

export interface AddressFileOptions {
  readonly path: string;
  /** The installation's secret. */
  readonly secret: string;
  /** The address of the list: the file opens with this one alone. */
  readonly list: string;
}

const CIPHER = 'aes-256-gcm';
/** Bytes. */
const [KEY, NONCE, TAG, LENGTH] = [32, 12, 16, 4];
const idsSchema = z.array(z.string());

/**
 * The addresses of a list's channels on disk, encrypted, since they hold the access data: a nonce, the batches, and the tag. A
 * batch is the length of its ids in bytes, the ids as a JSON array, and the same for its addresses. A new file replaces the old
 * one atomically.
 */
export class AddressFile {
  readonly #path: string;
  readonly #list: string;
  readonly #key: Buffer;

  constructor({ path, secret, list }: AddressFileOptions) {
    this.#path = path;
    this.#list = list;
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'addresses of a list', KEY));
  }

  /** Null if there is no file, or none of this list that is whole. */
  async load(signal?: AbortSignal): Promise<ChannelAddresses | null> {
    try {
      return await this.#read(signal);
    } catch {
      signal?.throwIfAborted();
      return null;
    }
  }

  /** @throws the file system's error; the old file stays then */
  async save(addresses: ChannelAddresses): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const temporary = `${this.#path}.new`;
    try {
      await this.#write(temporary, addresses);
      await rename(temporary, this.#path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  async #write(path: string, addresses: ChannelAddresses): Promise<void> {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(this.#list));
    await using file = await open(path, 'w', 0o600);
    await file.write(nonce);
    for (const { ids, packed } of addresses.batches())
      for (const part of [Buffer.from(JSON.stringify(ids)), packed]) {
        const length = Buffer.alloc(LENGTH);
        length.writeUInt32BE(part.length);
        await file.write(Buffer.concat([cipher.update(length), cipher.update(part)]));
      }
    await file.write(Buffer.concat([cipher.final(), cipher.getAuthTag()]));
    await file.sync();
  }

  async #read(signal?: AbortSignal): Promise<ChannelAddresses> {
    const parts = new PartReader(this.#key, this.#list);
    for await (const chunk of createReadStream(this.#path, signal ? { signal } : {})) parts.push(chunk);
    parts.end();
    return parts.addresses;
  }
}

/** Decrypts a file as it arrives. What it has read counts only once `end` has returned. */
class PartReader {
  readonly addresses = new ChannelAddresses();
  readonly #key: Buffer;
  readonly #list: string;
  #decipher: DecipherGCM | null = null;
  /** Bytes of the file that may be its tag. */
  #sealed = Buffer.alloc(0);
  /** Decrypted bytes of a part that is not whole. */
  #open = Buffer.alloc(0);
  #ids: ChannelId[] | null = null;

  constructor(key: Buffer, list: string) {
    this.#key = key;
    this.#list = list;
  }

  push(chunk: Buffer): void {
    this.#sealed = Buffer.concat([this.#sealed, chunk]);
    if (!this.#decipher) {
      if (this.#sealed.length < NONCE) return;
      const nonce = this.#sealed.subarray(0, NONCE);
      this.#decipher = createDecipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG });
      this.#decipher.setAAD(Buffer.from(this.#list));
      this.#sealed = this.#sealed.subarray(NONCE);
    }
    const ready = Math.max(0, this.#sealed.length - TAG);
    this.#open = Buffer.concat([this.#open, this.#decipher.update(this.#sealed.subarray(0, ready))]);
    this.#sealed = this.#sealed.subarray(ready);
    this.#takeParts();
  }

  /** @throws Error if the file is cut off, damaged, or of another list */
  end(): void {
    if (!this.#decipher) throw new Error('the file is cut off');
    this.#decipher.setAuthTag(this.#sealed);
    this.#decipher.final();
    if (this.#open.length > 0 || this.#ids) throw new Error('the file is cut off');
  }

  #takeParts(): void {
    for (;;) {
      if (this.#open.length < LENGTH) return;
      const end = LENGTH + this.#open.readUInt32BE();
      if (this.#open.length < end) return;
      this.#take(this.#open.subarray(LENGTH, end));
      this.#open = this.#open.subarray(end);
    }
  }

  #take(part: Buffer): void {
    if (this.#ids) {
      this.addresses.add({ ids: this.#ids, packed: new Uint8Array(part) });
      this.#ids = null;
    } else this.#ids = idsSchema.parse(JSON.parse(part.toString())).filter(isChannelId);
  }
}
