import type { BundleCounts } from '../bundle/bundle.ts';
import type { Language } from '../domain/actor.ts';
import type { CliMessages } from '../words/cli.ts';
import type { Terminal } from './terminal.ts';

/** What a command of the command line works with. */
export interface CliContext {
  /** The file that the command is about; null where it takes none. */
  readonly file: string | null;
  readonly isSure: boolean;
  /** The environment, with the settings of .env. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly dataDir: string;
  readonly terminal: Terminal;
  readonly language: Language;
  readonly messages: CliMessages;
  readonly version: string;
}

/** Does its work. @returns the exit code. @throws AppError, CancelledError */
export type CliCommand = (context: CliContext) => Promise<number>;

/** Exit codes: something is wrong, and the command cannot be understood (as in Bash). */
export const [FAILED, MISUSED] = [1, 2];

/** What an export or DATA_DIR holds, in words. */
export function holdingsIn(
  { holdings }: CliMessages,
  { settings, people, favourites, history }: BundleCounts,
): string {
  return holdings(settings, people, favourites, history);
}
