import { GrammyError, HttpError } from 'grammy';

/** What went wrong, without the request: it holds the token, and private links. */
export function describe(error: unknown): string {
  if (error instanceof GrammyError) return `${error.method}: ${error.description}`;
  if (error instanceof HttpError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What is shown is what would be shown. */
export function isUnchanged(error: unknown): boolean {
  return isRefusal(error, 400, /message is not modified/);
}

/** Deleted, or out of reach: the same would be answered again. */
export function isFinal(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403);
}

/** The bot may not write to this person, who has not begun the chat or has blocked it. */
export function isForbidden(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 403;
}

/** The bot may not write in this group. */
export function isMuted(error: unknown): boolean {
  return isForbidden(error) || isRefusal(error, 400, /rights|CHAT_WRITE|CHAT_RESTRICTED|TOPIC_CLOSED/i);
}

/** The server does not take the markup. */
export function isMarkupRefused(error: unknown): error is GrammyError {
  return isRefusal(error, 400, /can't parse entities/);
}

/** The server does not take the buttons. */
export function areButtonsRefused(error: unknown): boolean {
  return isRefusal(error, 400, /button|keyboard|reply_?markup/i);
}

/** The id of the supergroup that the group has become; null where it has not. */
export function movedTo(error: unknown): number | null {
  return error instanceof GrammyError ? (error.parameters.migrate_to_chat_id ?? null) : null;
}

/** The token is none, or none any more. */
export function isTokenRefused(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

function isRefusal(error: unknown, code: number, description: RegExp): error is GrammyError {
  return error instanceof GrammyError && error.error_code === code && description.test(error.description);
}
