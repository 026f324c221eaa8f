import type { ErrorTree } from './error-tree.ts';

/** Discord's error codes that the fake answers with: [HTTP status, text]. */
const known = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50109: [400, 'The request body contains invalid JSON.'],
} as const satisfies Readonly<Record<number, readonly [status: number, message: string]>>;

export type ApiErrorCode = keyof typeof known;

/** An error that the service answers. `forgiven`: the bot did not cause it, so it is no violation. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly forgiven: boolean;
  readonly errors: ErrorTree | undefined;

  constructor(
    code: number,
    options: { status: number; message: string; forgiven?: boolean; errors?: ErrorTree | undefined },
  ) {
    super(options.message);
    this.code = code;
    this.status = options.status;
    this.forgiven = options.forgiven ?? false;
    this.errors = options.errors;
  }

  /** The body in Discord's form. */
  body(): Readonly<Record<string, unknown>> {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) };
  }
}

/** Makes one of the known errors; `forgiven` if the bot did not cause it. */
export function refusal(
  code: ApiErrorCode,
  { forgiven = false, errors }: { forgiven?: boolean; errors?: ErrorTree } = {},
): ApiError {
  const [status, message] = known[code];
  return new ApiError(code, { status, message, forgiven, errors });
}
