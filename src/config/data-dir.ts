/** Where DATA_DIR is, for what comes before all other settings are read; they are in it. */
export function dataDirOf({ DATA_DIR: path }: Readonly<Record<string, string | undefined>>): string {
  return path?.trim() ? path : './data';
}
