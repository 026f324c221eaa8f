/** What people write behind a channel to see its programme from the start, in both languages, whatever theirs is. */
const suffix = /(?:^|\s+)(?:from the (?:start|beginning)|(?:depuis le|du) d[ée]but)$/iu;

/** What a suggestion ends with that begins the programme again. */
export const FROM_THE_START = ' from the start';

/** The text without "from the start" at its end; null where it does not end so. */
export function withoutFromTheStart(typed: string): string | null {
  const text = typed.normalize('NFC').trim();
  return suffix.test(text) ? text.replace(suffix, '').trim() : null;
}
