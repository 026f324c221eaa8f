import { z } from 'zod';
import { createDeviceId, isDeviceId } from '../domain/device-id.ts';
import { AppError } from '../domain/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { JsonFile } from '../store/json-file.ts';
import { randomText } from './signer.ts';

export const keysSchema = z.object({
  adminToken: z.string().min(1),
  viewerKey: z.string().min(1),
  signingKey: z.string().min(1),
  /** The secret by which webhook requests prove that they come from Telegram. */
  webhookSecret: z
    .string()
    .min(1)
    .default(() => randomText()),
  /** The id by which players know this installation as an HDHomeRun tuner; no secret. */
  deviceId: z.string().refine(isDeviceId).default(createDeviceId),
  /** Whether the owner has seen the admin token. */
  shown: z.boolean().default(false),
  /** Whether somebody has answered who may watch; installations of versions without that question count as set up. */
  isSetUp: z.boolean().default(true),
});

/** The secrets that this installation generates. */
export type Keys = z.infer<typeof keysSchema>;

/**
 * Loads the keys from disk, and generates those that are missing, at the first start or after an update. An unreadable
 * file is never replaced, since that would void every viewer's address.
 * @throws AppError keys_damaged; the system's error if new keys cannot be written
 */
export async function loadKeys(file: JsonFile<Keys>, logger: Pick<Logger, 'warn'>): Promise<Keys> {
  const kept = await file.read();
  if (!kept && (await file.exists())) throw new AppError('keys_damaged', { path: file.path });
  const keys = kept ?? {
    adminToken: randomText(),
    viewerKey: randomText(12),
    signingKey: randomText(32),
    webhookSecret: randomText(),
    deviceId: createDeviceId(),
    shown: false,
    isSetUp: false,
  };
  await file.write(keys).catch((error: unknown) => {
    if (!kept) throw error;
    logger.warn({ err: error }, 'keys.json could not be written');
  });
  return keys;
}
