import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
  RateLimitError,
  RESTJSONErrorCodes,
} from 'discord.js';

/** What went wrong, without the request: it holds private links. */
export function describe(error: unknown): string {
  if (error instanceof DiscordAPIError)
    return `${error.method} ${error.status} ${error.code}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function hasCode(error: unknown, codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && typeof error.code === 'number' && codes.includes(error.code);
}

/** Discord has judged the request: the same would be answered again. */
export function isFinal(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError && error.status >= 400 && error.status < 500 && error.status !== 429
  );
}

/** Another try may succeed: the network failed, or the service is ill. */
export function mayPass(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return !isFinal(error);
  if (error instanceof HTTPError || error instanceof RateLimitError) return true;
  if (!(error instanceof Error) || error instanceof DiscordjsError) return false;
  // As system calls and undici name what went wrong; whatever Node itself rejects is our fault.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.name === 'AbortError' || (code !== '' && !code.startsWith('ERR_'));
}

/** The interaction expired, as one does whose next keystroke came. */
export function isExpired(error: unknown): boolean {
  return hasCode(error, [RESTJSONErrorCodes.UnknownInteraction]);
}

export function isGone(error: unknown): boolean {
  return hasCode(error, [RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel]);
}

/** The bot may not, for now: it is not in the place, does not see it, or has lost a permission. */
export function isBarred(error: unknown): boolean {
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
