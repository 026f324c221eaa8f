import { z } from 'zod';
import type { JsonFile } from '../store/json-file.ts';
import { randomText } from './signer.ts';

export const keysSchema = z.object({
  adminToken: z.string(),
  viewerKey: z.string(),
  signingKey: z.string(),
  /** By which Telegram shows that it is Telegram. */
  webhookSecret: z.string().default(() => randomText()),
  /** The owner has seen the admin token. */
  shown: z.boolean().default(false),
});

/** The secrets that this installation makes for itself. */
export type Keys = z.infer<typeof keysSchema>;

/** The keys on disk, made at the first start; one that a former version did not know is made now. */
export async function loadKeys(file: JsonFile<Keys>): Promise<Keys> {
  const keys = (await file.read()) ?? {
    adminToken: randomText(),
    viewerKey: randomText(12),
    signingKey: randomText(32),
    webhookSecret: randomText(),
    shown: false,
  };
  await file.write(keys);
  return keys;
}
