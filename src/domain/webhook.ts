/** Accepts a request that a service sent to us, and handles it later. @returns false if the request is not authentic. */
export type Webhook = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: unknown,
) => boolean;

/** The webhooks by the name in `/webhooks/<name>`; bots add and remove theirs at run time. */
export type Webhooks = Map<string, Webhook>;
