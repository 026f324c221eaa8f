import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { JsonFile } from '../store/json-file.ts';
import { randomText } from './signer.ts';

export const keysSchema = z.object({
  adminToken: z.string().min(1),
  viewerKey: z.string().min(1),
  signingKey: z.string().min(1),
  /** By which Telegram shows that it is Telegram. */
  webhookSecret: z
    .string()
    .min(1)
    .default(() => randomText()),
  /** The owner has seen the admin token. */
  shown: z.boolean().default(false),
});

/** The secrets that this installation makes for itself. */
export type Keys = z.infer<typeof keysSchema>;

/**
 * The keys on disk, made at the first start; one that a former version did not know is made now. Keys that are there and
 * cannot be read are never replaced: every viewer's address would be void.
 * @throws AppError keys_damaged; the system's error where there are none and they cannot be written
 */
export async function loadKeys(file: JsonFile<Keys>, logger: Pick<Logger, 'warn'>): Promise<Keys> {
  const kept = await file.read();
  if (!kept && (await file.exists())) throw new AppError('keys_damaged', { path: file.path });
  const keys = kept ?? {
    adminToken: randomText(),
    viewerKey: randomText(12),
    signingKey: randomText(32),
    webhookSecret: randomText(),
    shown: false,
  };
  await file.write(keys).catch((error: unknown) => {
    if (!kept) throw error;
    logger.warn({ err: error }, 'keys.json could not be written');
  });
  return keys;
}
