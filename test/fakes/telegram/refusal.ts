/** The parameters of some refusals: seconds to wait and a chat id. */
export interface ResponseParameters {
  readonly retry_after?: number;
  readonly migrate_to_chat_id?: number;
}

/** `bot`: the bot could have avoided the refusal, which is a violation. `nobody`: it could not. */
export type Blame = 'bot' | 'nobody';

/** An error answer, sent as `{"ok":false,"error_code":…,"description":…}` with the same HTTP status. */
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

/** Makes a 429. `seconds` are whole seconds, as of the service. */
export function tooManyRequests(seconds: number, blame: Blame): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${seconds}`, blame, { retry_after: seconds });
}
