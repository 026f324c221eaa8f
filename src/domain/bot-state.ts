import type { Platform } from './actor.ts';

/** `off`: no token. `refused`: the service does not know the token, and trying again would not help. */
export type BotState = 'off' | 'starting' | 'on' | 'refused' | 'unreachable';

/** How each bot is, as it is now. */
export type BotStates = Readonly<Record<Platform, BotState>>;
