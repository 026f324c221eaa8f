import { z } from 'zod';
import type { Closing } from './gateway-connection.ts';

export const intents = {
  guilds: 1,
  guildMembers: 1 << 1,
  presences: 1 << 8,
  messageContent: 1 << 15,
} as const;
const privileged = intents.guildMembers | intents.presences | intents.messageContent;
/** All that exist: bits 0-16, 20, 21, 24 and 25. */
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

/** What a bot shows of itself. */
export type ShownPresence = NonNullable<z.infer<typeof identify>['presence']>;

/** What the gateway knows of the bot's application. */
export interface Credentials {
  readonly token: string;
  /** Bits of the privileged intents that it has been granted. */
  readonly privilegedIntents: number;
}

/** IDENTIFY, or why it is refused. */
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

/** RESUME, or why it is refused. */
export function readResume(data: unknown, known: Credentials): z.infer<typeof resume> | Closing {
  const parsed = resume.safeParse(data);
  if (!parsed.success) return 'decodeError';
  return isToken(parsed.data.token, known) ? parsed.data : 'authenticationFailed';
}

/** A presence update, or why it is refused. */
export function readPresence(data: unknown): z.infer<typeof presence> | Closing {
  const parsed = presence.safeParse(data);
  return parsed.success ? parsed.data : 'decodeError';
}

/** The service takes the token with and without its kind before it. */
function isToken(token: string, known: Credentials): boolean {
  return token.replace(/^Bot /, '') === known.token;
}
