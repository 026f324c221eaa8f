import type { FirstStart } from '../access/first-start.ts';
import type { Sessions } from '../access/sessions-and-login-links.ts';
import { owner } from '../access/visitor.ts';
import { AppError } from '../domain/errors.ts';
import { type ChangeSettingsContext, changeSettings, type SettingsRequester } from './change-settings.ts';

/** Who may watch, and where. */
export interface Watching {
  /** On this machine alone, in the local network, or everywhere. */
  readonly where: 'here' | 'house' | 'internet';
  readonly access: 'public' | 'key' | 'login';
  /** At which others reach the server; null unless it is on the internet. */
  readonly publicUrl: string | null;
}

export interface ChooseWatchingContext extends ChangeSettingsContext {
  readonly firstStart: Pick<FirstStart, 'isOpen' | 'end'>;
  readonly sessions: Pick<Sessions, 'endLinks'>;
  /** This machine's address in its local network, for links; null where there is none. */
  readonly houseUrl: string | null;
  /** TRUST_PROXY for a proxy in front of this server. */
  readonly trustedProxy: string;
}

const HERE = '127.0.0.1';
const EVERYWHERE = '0.0.0.0';

/**
 * Answers who may watch and where, which ends the first start: the server listens where the answer says. What the
 * environment decides stays as it is.
 * @throws AppError address_missing where it is on the internet without an address; what changing settings throws
 */
export async function chooseWatching(
  context: ChooseWatchingContext,
  { where, access, publicUrl }: Watching,
  by: SettingsRequester,
): Promise<void> {
  if (where === 'internet' && !publicUrl) throw new AppError('address_missing');
  const changes: Record<string, string | null> = {
    HOST: where === 'here' ? HERE : EVERYWHERE,
    VIEWER_ACCESS: access,
    PUBLIC_URL: { here: null, house: context.houseUrl, internet: publicUrl }[where],
    // Caddy and nginx say who asks.
    ...(where === 'internet' ? { TRUST_PROXY: context.trustedProxy } : {}),
  };
  const open = Object.entries(changes).filter(([name]) => !context.settings.isLocked(name));
  await changeSettings(context, Object.fromEntries(open), by);
  if (!context.firstStart.isOpen) return;
  await context.firstStart.end();
  // The terminal, and whatever keeps its lines, still shows the links that nobody has used.
  context.sessions.endLinks(owner.id);
}
