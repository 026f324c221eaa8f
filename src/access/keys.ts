import { z } from 'zod';
import type { JsonFile } from '../store/json-file.ts';
import { randomText } from './signer.ts';

export const keysSchema = z.object({ adminToken: z.string(), viewerKey: z.string(), signingKey: z.string() });

/** The secrets that this installation makes for itself. */
export type Keys = z.infer<typeof keysSchema>;

/** The keys on disk, made at the first start. `isNew` tells that nobody has seen the admin token yet. */
export async function loadKeys(file: JsonFile<Keys>): Promise<{ keys: Keys; isNew: boolean }> {
  const known = await file.read();
  if (known) return { keys: known, isNew: false };
  const keys = { adminToken: randomText(), viewerKey: randomText(12), signingKey: randomText(32) };
  await file.write(keys);
  return { keys, isNew: true };
}
