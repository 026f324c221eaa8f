import type { Commands } from '../../commands/command.ts';
import type { CommandContext } from '../../commands/context.ts';
import type { Language } from '../../domain/actor.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CardSync } from '../card-sync.ts';

/** What all parts of the adapter work with. */
export interface TelegramOptions {
  /** Of groups, and of people whose own we do not speak. */
  readonly language: Language;
  readonly commands: Commands;
  readonly context: CommandContext;
  readonly cards: CardSync;
  readonly logger: Logger;
}
