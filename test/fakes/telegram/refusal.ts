/** What the Bot API adds to some refusals; seconds and a chat id. */
export interface ResponseParameters {
  readonly retry_after?: number;
  readonly migrate_to_chat_id?: number;
}

/** `bot`: it could have known better, which is a violation. `nobody`: it could not, and has to cope. */
export type Blame = 'bot' | 'nobody';

/** The server says no; becomes `{"ok":false,"error_code":…,"description":…}` with the same HTTP status. */
export class Refusal extends Error {
  readonly code: number;
  readonly blame: Blame;
  readonly parameters: ResponseParameters | undefined;

  constructor(code: number, description: string, blame: Blame, parameters?: ResponseParameters) {
    super(description);
    this.code = code;
    this.blame = blame;
    this.parameters = parameters;
  }
}

export function badRequest(
  description: string,
  blame: Blame = 'bot',
  parameters?: ResponseParameters,
): Refusal {
  return new Refusal(400, `Bad Request: ${description}`, blame, parameters);
}

export function forbidden(description: string): Refusal {
  return new Refusal(403, `Forbidden: ${description}`, 'nobody');
}

export function conflict(description: string): Refusal {
  return new Refusal(409, `Conflict: ${description}`, 'bot');
}

/** `seconds`: whole seconds, as the service gives them. */
export function tooManyRequests(seconds: number, blame: Blame): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${seconds}`, blame, { retry_after: seconds });
}
