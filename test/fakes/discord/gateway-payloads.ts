import { z } from 'zod';
import type { Closing } from './gateway-connection.ts';

export const intents = {
  guilds: 1,
  guildMembers: 1 << 1,
  presences: 1 << 8,
  messageContent: 1 << 15,
} as const;
const privileged = intents.guildMembers | intents.presences | intents.messageContent;
/** All existing intents: bits 0-16, 20, 21, 24 and 25. */
const knownIntents = 0x1ffff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

const presence = z.object({
  status: z.enum(['online', 'dnd', 'idle', 'invisible', 'offline']),
  activities: z.array(
    z.object({ name: z.string().min(1).max(128), type: z.number(), state: z.string().max(128).nullish() }),
  ),
  since: z.number().nullable(),
  afk: z.boolean(),
});
const identify = z.object({
  token: z.string(),
  intents: z.number().int(),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
  shard: z.tuple([z.number(), z.number()]).optional(),
  presence: presence.partial().nullish(),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });

/** A bot's presence. */
export type ShownPresence = NonNullable<z.infer<typeof identify>['presence']>;

/** The bot's application as the gateway knows it. */
export interface Credentials {
  readonly token: string;
  /** Bits of its privileged intents. */
  readonly privilegedIntents: number;
}

/** Parses IDENTIFY, or gives the close code. */
export function readIdentify(data: unknown, known: Credentials): z.infer<typeof identify> | Closing {
  const parsed = identify.safeParse(data);
  if (!parsed.success) return 'decodeError';
  const { token, shard, intents: wanted } = parsed.data;
  if (!isToken(token, known)) return 'authenticationFailed';
  if (shard && (shard[0] !== 0 || shard[1] !== 1)) return 'invalidShard';
  if (wanted & ~knownIntents) return 'invalidIntents';
  if (wanted & privileged & ~known.privilegedIntents) return 'disallowedIntents';
  return parsed.data;
}

/** Parses RESUME, or gives the close code. */
export function readResume(data: unknown, known: Credentials): z.infer<typeof resume> | Closing {
  const parsed = resume.safeParse(data);
  if (!parsed.success) return 'decodeError';
  return isToken(parsed.data.token, known) ? parsed.data : 'authenticationFailed';
}

/** Parses a presence update, or gives the close code. */
export function readPresence(data: unknown): z.infer<typeof presence> | Closing {
  const parsed = presence.safeParse(data);
  return parsed.success ? parsed.data : 'decodeError';
}

/** The service accepts the token with and without its type in front. */
function isToken(token: string, known: Credentials): boolean {
  return token.replace(/^Bot /, '') === known.token;
}
