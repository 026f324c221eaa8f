/** The bot's id, with which its token begins. */
export function botIdOf(token: string): string {
  return token.split(':', 1)[0] ?? '';
}
