import { GrammyError, HttpError } from 'grammy';

/** Describes an error without its request, which holds the token and private links. */
export function describeError(error: unknown): string {
  if (error instanceof GrammyError) return `${error.method}: ${error.description}`;
  if (error instanceof HttpError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Whether an edit was refused because it changes nothing. */
export function isUnchanged(error: unknown): boolean {
  return isRefusal(error, 400, /message is not modified/);
}

/** Whether the target is deleted or out of reach, so that repeating the call is useless. */
export function isFinal(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403);
}

/** Whether the person has not started the private chat, or has blocked the bot. */
export function isForbidden(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 403;
}

/** Whether the bot may not write in this group. */
export function mayNotWrite(error: unknown): boolean {
  return isForbidden(error) || isRefusal(error, 400, /rights|CHAT_WRITE|CHAT_RESTRICTED|TOPIC_CLOSED/i);
}

/** Whether the server refused the markup. */
export function isMarkupRefused(error: unknown): error is GrammyError {
  return isRefusal(error, 400, /can't parse entities/);
}

/** Whether the server refused the buttons. */
export function areButtonsRefused(error: unknown): boolean {
  return isRefusal(error, 400, /button|keyboard|reply_?markup/i);
}

/** The id of the supergroup that the group became; null for other errors. */
export function movedTo(error: unknown): number | null {
  return error instanceof GrammyError ? (error.parameters.migrate_to_chat_id ?? null) : null;
}

/** Whether the token is wrong or revoked. */
export function isTokenRefused(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

function isRefusal(error: unknown, code: number, description: RegExp): error is GrammyError {
  return error instanceof GrammyError && error.error_code === code && description.test(error.description);
}
