import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  type ScryptOptions,
  scrypt,
} from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Bounds for the costs in a file, which somebody may have written to make this machine work or run out of memory. */
const MOST = { cost: 2 ** 18, blockSize: 16, parallelization: 4 };
/** 64 MB and some tenths of a second, as the OWASP Password Storage Cheat Sheet has it. */
const OURS = { cost: 2 ** 16, blockSize: 8, parallelization: 2 };
const CIPHER = 'aes-256-gcm';
/** Bytes. */
const [KEY, SALT, NONCE, TAG] = [32, 16, 12, 16];

const base64 = z.base64url();

/** A text that is encrypted with a passphrase, with everything but the passphrase that opening it needs. */
export const sealedTextSchema = z.object({
  cipher: z.literal(CIPHER),
  kdf: z.literal('scrypt'),
  cost: z.int().min(2).max(MOST.cost),
  block_size: z.int().min(1).max(MOST.blockSize),
  parallelization: z.int().min(1).max(MOST.parallelization),
  salt: base64,
  nonce: base64,
  tag: base64,
  /** SHA-256 of all the others and the context, which tells a damaged text from a wrong passphrase. */
  digest: base64,
  text: base64,
});
export type SealedText = z.output<typeof sealedTextSchema>;

/** The passphrase does not open the text. */
export class WrongPassphraseError extends Error {}

/** The text is not as it was sealed. */
export class DamagedSealError extends Error {}

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/**
 * Encrypts a text with a key that scrypt makes of a passphrase.
 * @param context what stands beside the sealed text in clear: it opens with this alone.
 */
export async function sealText(text: string, passphrase: string, context: string): Promise<SealedText> {
  const [salt, nonce] = [randomBytes(SALT), randomBytes(NONCE)];
  const costs = {
    cipher: CIPHER,
    kdf: 'scrypt',
    cost: OURS.cost,
    block_size: OURS.blockSize,
    parallelization: OURS.parallelization,
  } as const;
  const cipher = createCipheriv(CIPHER, await keyOf(passphrase, salt, costs), nonce);
  cipher.setAAD(Buffer.from(context));
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const sealed = {
    ...costs,
    salt: salt.toString('base64url'),
    nonce: nonce.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url'),
    text: encrypted.toString('base64url'),
  };
  return { ...sealed, digest: digestOf(sealed, context) };
}

/** Decrypts a sealed text. @throws DamagedSealError, WrongPassphraseError */
export async function openSealedText(
  sealed: SealedText,
  passphrase: string,
  context: string,
): Promise<string> {
  if (sealed.digest !== digestOf(sealed, context)) throw new DamagedSealError('the digest differs');
  const [salt, nonce, tag] = [sealed.salt, sealed.nonce, sealed.tag].map(bytesOf) as [Buffer, Buffer, Buffer];
  // The digest is no secret: whoever writes a file may give it any.
  if (nonce.length !== NONCE || tag.length !== TAG) throw new DamagedSealError('a part has another length');
  const key = await keyOf(passphrase, salt, sealed).catch((error: unknown) => {
    throw new DamagedSealError('scrypt refuses the costs', { cause: error });
  });
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(bytesOf(sealed.text)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new WrongPassphraseError('the passphrase does not fit', { cause: error });
  }
}

function keyOf(
  passphrase: string,
  salt: Buffer,
  {
    cost,
    block_size: blockSize,
    parallelization,
  }: Pick<SealedText, 'cost' | 'block_size' | 'parallelization'>,
): Promise<Buffer> {
  // Keyboards and systems write the same letter in different ways.
  const typed = passphrase.normalize('NFKC');
  // scrypt takes this memory (RFC 7914), and OpenSSL some more.
  const maxmem = 128 * blockSize * (cost + parallelization + 2) + 2 ** 20;
  return derive(typed, salt, KEY, { cost, blockSize, parallelization, maxmem });
}

function digestOf(sealed: Omit<SealedText, 'digest'>, context: string): string {
  const { cipher, kdf, cost, block_size, parallelization, salt, nonce, tag, text } = sealed;
  const parts = [context, cipher, kdf, cost, block_size, parallelization, salt, nonce, tag, text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}
