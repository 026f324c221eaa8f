import { z } from 'zod';
import type { BotState } from '../domain/bot-state.ts';

const states = [
  'off',
  'starting',
  'on',
  'commands_refused',
  'refused',
  'not_invited',
  'conflict',
  'unreachable',
  'broken',
] as const satisfies readonly BotState[];

/** The state of a bot. */
export const botStateSchema = z.enum(states);
