import type { CommandContext } from '../../commands/context.ts';
import type { Commands } from '../../commands/registry.ts';
import type { Language } from '../../domain/actor.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CardSync } from '../card-sync.ts';

/** Options that all parts of the adapter share. */
export interface TelegramOptions {
  /** The language of groups, and of people whose language we do not speak. */
  readonly language: Language;
  readonly commands: Commands;
  readonly context: CommandContext;
  readonly cards: CardSync;
  readonly logger: Logger;
}
