import type { SettingsRequester } from '../actions/change-settings.ts';
import type { Watching } from '../actions/choose-watching.ts';
import type { Requester } from '../actions/rights.ts';
import type { AddressTried } from '../doctor/try-address.ts';

/** What the set-up page shows and changes besides the account and the bots. */
export interface SetupPort {
  /** Names of the settings that the environment decides. */
  readonly locked: readonly string[];
  /** Names of changed settings that take effect with the next start. */
  readonly needsRestart: readonly string[];
  /** What the account said last; null while it has said nothing. */
  readonly account: { readonly expiresAt: number | null; readonly maxConnections: number | null } | null;
  readonly watching: Watching;
  /** This machine's addresses in its networks, with the port. */
  readonly addresses: readonly string[];
  /** That this process listens on. */
  readonly port: number;
  readonly isInContainer: boolean;
  /**
   * @param askedAt our origin in the local network, if the asker has used it.
   * @throws what `chooseWatching` in actions/ throws
   */
  choose(watching: Watching, by: SettingsRequester, askedAt: string | null): Promise<void>;
  tryAddress(typed: string): Promise<AddressTried>;
  /** Starts the process anew, without losing players. @throws AppError not_allowed */
  restart(by: Requester): void;
}
