/** A command as typed in a chat. */
export interface CommandText {
  /** In lower case, without the slash. */
  readonly name: string;
  /** The text after the name. */
  readonly rest: string;
  /** The user name of the addressed bot, in lower case; null if none is named. */
  readonly addressee: string | null;
}

/** Parses a command; null if the text is none. */
export function parseCommand(text: string): CommandText | null {
  const found = /^\/(\w{1,64})(?:@(\w+))?(?:\s+(.*))?$/su.exec(text.trim());
  if (!found) return null;
  const [, name = '', addressee, rest = ''] = found;
  return { name: name.toLowerCase(), rest, addressee: addressee?.toLowerCase() ?? null };
}
