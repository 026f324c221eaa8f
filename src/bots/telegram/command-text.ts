/** What somebody wrote as a command. */
export interface CommandText {
  /** In lower case, without the slash. */
  readonly name: string;
  /** What stands behind it. */
  readonly rest: string;
  /** The bot that is meant, in lower case; null where none is named. */
  readonly addressee: string | null;
}

/** Null: it is no command. */
export function parseCommand(text: string): CommandText | null {
  const found = /^\/(\w{1,64})(?:@(\w+))?(?:\s+(.*))?$/su.exec(text.trim());
  if (!found) return null;
  const [, name = '', addressee, rest = ''] = found;
  return { name: name.toLowerCase(), rest, addressee: addressee?.toLowerCase() ?? null };
}
