import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
  RateLimitError,
  RESTJSONErrorCodes,
} from 'discord.js';

/** Describes an error without its request, which holds private links. */
export function describeError(error: unknown): string {
  if (error instanceof DiscordAPIError)
    return `${error.method} ${error.status} ${error.code}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function hasCode(error: unknown, codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && typeof error.code === 'number' && codes.includes(error.code);
}

/** Whether Discord rejected the request itself, so that repeating it is useless. */
export function isRejected(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError && error.status >= 400 && error.status < 500 && error.status !== 429
  );
}

/** Whether another try may succeed, because the network or the service failed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return !isRejected(error);
  if (error instanceof HTTPError || error instanceof RateLimitError) return true;
  if (!(error instanceof Error) || error instanceof DiscordjsError) return false;
  // System calls and undici set other codes; these are for mistakes in our code.
  const code = codeOf(error) || codeOf(error.cause);
  return error.name === 'AbortError' || (code !== '' && !/^(?:ERR_|UND_ERR_INVALID)/.test(code));
}

/** The code that a system call, undici or Node has put on an error; empty if there is none. `fetch` puts that error behind its own. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Whether the interaction expired, for example an autocomplete that the next keystroke replaced. */
export function isExpired(error: unknown): boolean {
  return hasCode(error, [RESTJSONErrorCodes.UnknownInteraction]);
}

export function isGone(error: unknown): boolean {
  return hasCode(error, [RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel]);
}

/** Whether the bot lacks access for now: it is not in the place, does not see it, or lost a permission. */
export function lacksAccess(error: unknown): boolean {
  return hasCode(error, [
    RESTJSONErrorCodes.MissingAccess,
    RESTJSONErrorCodes.MissingPermissions,
    RESTJSONErrorCodes.UnknownGuild,
  ]);
}

export function isNoMember(error: unknown): boolean {
  return hasCode(error, [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser]);
}

export function isWrongToken(error: unknown): boolean {
  return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
}
