import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import {
  DamagedSealError,
  openSealedText,
  sealedTextSchema,
  sealText,
  WrongPassphraseError,
} from '../lib/sealed-text.ts';
import { DamagedError } from '../store/database-trouble.ts';
import { migrations } from '../store/migrations.ts';
import { databaseOf } from '../store/table-rows.ts';
import { type Bundle, bundleSchema } from './bundle.ts';

/** The form of the file; a later one is refused. */
const FORMAT = 1;
/** Characters of the shortest passphrase for a new export. */
const LEAST = 8;
/** Bytes of the largest file; 10,000 entries each of the history and the audit log take about 5 MB. */
export const LARGEST_BUNDLE = 16 * 2 ** 20;

/** Stands in clear. */
const headSchema = z.object({
  zapette: z.literal('export'),
  format: z.int().min(1),
  /** The number of migrations that the rows have been through. */
  schema: z.int().min(1),
  made_at: z.iso.datetime(),
  /** Zapette's version; it is shown to people. */
  made_by: z.string().regex(/^[\w.+-]{1,40}$/),
});
export type BundleHead = z.output<typeof headSchema>;
const fileSchema = headSchema.extend({ sealed: sealedTextSchema });

/** A file that is known to be an export, and not opened yet. */
export type BundleFile = z.output<typeof fileSchema>;

/** When and by what an export is made. */
export interface BundleMaker {
  readonly version: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** @throws AppError passphrase_short */
export function checkPassphrase(passphrase: string): void {
  if (passphrase.length < LEAST) throw new AppError('passphrase_short', { least: LEAST });
}

/** Writes an installation as a JSON text that only the passphrase opens. @throws AppError passphrase_short */
export async function sealBundle(
  bundle: Bundle,
  passphrase: string,
  { version, now }: BundleMaker,
): Promise<string> {
  checkPassphrase(passphrase);
  const head: BundleHead = {
    zapette: 'export',
    format: FORMAT,
    schema: bundle.schema,
    made_at: new Date(now).toISOString(),
    made_by: version,
  };
  const sealed = await sealText(JSON.stringify(bundle), passphrase, contextOf(head));
  return `${JSON.stringify({ ...head, sealed } satisfies BundleFile, null, 2)}\n`;
}

/**
 * Reads the part of an export that needs no passphrase.
 * @throws AppError bundle_not_ours, bundle_too_new, bundle_damaged
 */
export function readBundleFile(text: string): BundleFile {
  const content = parse(text);
  if (!z.object({ zapette: z.literal('export') }).safeParse(content).success)
    throw new AppError(looksLikeOurs(text) ? 'bundle_damaged' : 'bundle_not_ours');
  // Before all else: a later form may have other fields.
  const versions = headSchema.pick({ format: true, made_by: true }).safeParse(content);
  if (versions.success && versions.data.format > FORMAT) throw tooNew(versions.data);
  const file = fileSchema.safeParse(content);
  if (!file.success) throw new AppError('bundle_damaged', {}, { cause: file.error });
  if (file.data.schema > migrations.length) throw tooNew(file.data);
  return file.data;
}

/**
 * Opens an export, and checks everything in it.
 * @throws AppError passphrase_wrong, bundle_damaged
 */
export async function openBundle(file: BundleFile, passphrase: string): Promise<Bundle> {
  const { sealed, ...head } = file;
  try {
    const text = await openSealedText(sealed, passphrase, contextOf(head));
    const bundle = bundleSchema.parse(JSON.parse(text));
    if (bundle.schema !== file.schema) throw new DamagedError('another schema than its head says');
    databaseOf(bundle.tables, bundle.schema).close();
    return bundle;
  } catch (error) {
    if (error instanceof WrongPassphraseError) throw new AppError('passphrase_wrong', {}, { cause: error });
    if (isDamage(error)) throw new AppError('bundle_damaged', {}, { cause: error });
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  return [DamagedSealError, DamagedError, SyntaxError, z.ZodError].some((kind) => error instanceof kind);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether a text that is no JSON begins as an export does: then it is cut off. */
function looksLikeOurs(text: string): boolean {
  return /^\s*\{\s*"zapette": ?"export"/.test(text);
}

function tooNew({ made_by: version }: Pick<BundleHead, 'made_by'>): AppError {
  return new AppError('bundle_too_new', { version });
}

function contextOf({ zapette, format, schema, made_at, made_by }: BundleHead): string {
  return JSON.stringify([zapette, format, schema, made_at, made_by]);
}
