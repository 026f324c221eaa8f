/** Takes what a service sends to an address of ours. @returns whether it was right to send it; it is handled afterwards. */
export type Webhook = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: unknown,
) => boolean;

/** By their last part of the address, `/webhooks/<name>`; those who listen come and go. */
export type Webhooks = Map<string, Webhook>;
